public import HoneCore
public import Postgres

extension DatabaseError: TransientFault {}

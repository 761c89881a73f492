// The bus in memory, and the contract that every transport passes.

// The bus on Redis streams: groups, leases, delayed retries, dead letters, trimming, tails.

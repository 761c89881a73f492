// The nouns of Hone: ids, money, JSON, tasks, agents, scores, faults. Values only.

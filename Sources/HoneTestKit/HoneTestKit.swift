// A workshop for tests of services: a database each, a bus, scripted models, a small cast of agents.

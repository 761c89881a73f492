// HoneIntelligence: how work is checked, scored, reviewed, rewarded, counted, ranked and routed. Values in, values out:
// no I/O, no clock, and no randomness that is not passed in.

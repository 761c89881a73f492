"""The searches that are compared. Each takes a world and a budget of rollouts, and returns what it found."""

import json
import random
import subprocess

import gepa
from gepa.adapters.default_adapter.default_adapter import DefaultAdapter


class Found:
    def __init__(self, prompt, proposals, rollouts):
        self.prompt, self.proposals, self.rollouts = prompt, proposals, rollouts


def hone(program, algorithm, world, rollouts, operators=False):
    """Ours, as a partner that asks for trials and proposals by lines of JSON."""
    process = subprocess.Popen([program, "drive"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def say(value):
        process.stdin.write(json.dumps(value) + "\n")
        process.stdin.flush()

    say({"algorithm": algorithm, "rollouts": rollouts, "seed": world.seed, "prompt": world.start, "operators": operators,
         "train": world.train, "validation": world.validation, "examples": world.examples if operators else [],
         "kinds": world.kinds,
         "inputs": {case: world.text(case) for case in world.train}})
    while True:
        wave = json.loads(process.stdout.readline())
        if "best" in wave:
            process.wait()
            return Found(wave["best"], wave["proposals"], wave["rollouts"])
        scores = world.run([(trial["prompt"], trial["caseID"]) for trial in wave["trials"]])
        say({"trials": [{"candidate": trial["candidate"], "caseID": trial["caseID"], "score": score}
                        for trial, score in zip(wave["trials"], scores)],
             "answers": [{"number": question["number"], "text": world.reflect([
                 {"role": "system", "content": question["system"]}, {"role": "user", "content": question["user"]}])}
                 for question in wave["questions"]]})


class Adapter(DefaultAdapter):
    """The package's own adapter, with the world's model and check."""

    def __init__(self, world):
        super().__init__(model=lambda messages: "", evaluator=None)
        self.world = world

    def evaluate(self, batch, candidate, capture_traces=False):
        prompt = {**self.world.start, "system": next(iter(candidate.values()))}
        answers = iter(self.world.answers([(prompt, item["case"]) for item in batch]))
        self.model = lambda messages: next(answers)
        self.evaluator = lambda item, answer: self.world.feedback(item["case"], answer)
        return super().evaluate(batch, candidate, capture_traces)


class Silence:
    def log(self, *args, **kwargs):
        pass


def package(world, rollouts, validation, minibatch, selection="pareto", merge=False):
    """The package `gepa` with its own proposer, on the first `validation` of the validation cases."""
    def instances(cases):
        return [{"input": world.text(case), "additional_context": {}, "answer": "", "case": case} for case in cases]

    calls = [0]

    def reflect(question):
        calls[0] += 1
        return world.reflect([{"role": "user", "content": question}])

    result = gepa.optimize(
        {"system": world.start["system"]}, instances(world.train), instances(world.validation[:validation]),
        adapter=Adapter(world), reflection_lm=reflect, max_metric_calls=rollouts, reflection_minibatch_size=minibatch,
        candidate_selection_strategy=selection, use_merge=merge, cache_evaluation=True, seed=world.seed,
        logger=Silence(), raise_on_exception=True)
    return Found({**world.start, "system": result.best_candidate["system"]}, calls[0], result.total_metric_calls)


def greedy(world, rollouts, minibatch):
    """Whoever gains on the next minibatch takes the parent's place; there is no validation."""
    draw, deck, left, proposals = random.Random(world.seed), [], rollouts, 0
    prompt = world.start
    while left >= 2 * minibatch:
        if len(deck) < minibatch:
            deck = draw.sample(world.train, len(world.train))
        batch, deck = deck[:minibatch], deck[minibatch:]
        before = world.run([(prompt, case) for case in batch])
        child = {**prompt, "system": world.edit(prompt, batch, before)}
        proposals += 1
        left -= 2 * minibatch
        if sum(world.run([(child, case) for case in batch])) > sum(before):
            prompt = child
    return Found(prompt, proposals, rollouts - left)

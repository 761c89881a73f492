"""What is searched: a landscape whose truth is known, and reviews with a real small model."""

import json
import subprocess

from gepa.adapters.default_adapter.default_adapter import EvaluationResult
from gepa.strategies.instruction_proposal import InstructionProposalSignature

from models import Model, messages


class World:
    """Cases, a model that does them, a check, and a model that reflects."""

    def run(self, trials):
        return [self.feedback(case, answer).score for (_, case), answer in zip(trials, self.answers(trials))]

    def answers(self, trials):
        return self.model.ask_all([messages(prompt, self.text(case)) for prompt, case in trials], self.at_once)

    def feedback(self, case, answer):
        right = self.passes(case, answer)
        return EvaluationResult(
            score=float(right), feedback=f"The generated response {'is correct' if right else 'is incorrect'}.")

    def edit(self, prompt, batch, scores):
        """What the reflection model makes of an instruction, asked as the package asks."""
        records = [{"Inputs": self.text(case), "Generated Outputs": "",
                    "Feedback": f"The generated response {'is correct' if score else 'is incorrect'}."}
                   for case, score in zip(batch, scores)]
        question = InstructionProposalSignature.prompt_renderer(
            {"current_instruction_doc": prompt["system"], "dataset_with_feedback": records, "prompt_template": None})
        answer = self.reflect([{"role": "user", "content": question}])
        return InstructionProposalSignature.output_extractor(answer)["new_instruction"]


class Landscape(World):
    """Served by `hone-search serve`; the true quality of a prompt is its chance to pass a case that nobody has seen."""

    at_once = 1
    start = {"system": "Answer the question.", "user": "{{ input }}", "demonstrations": []}
    kinds = {}

    def __init__(self, url, program, seed, train=60, validation=40):
        self.seed, self.program = seed, program
        self.train = [f"train-{number}" for number in range(train)]
        self.validation = [f"validation-{number}" for number in range(validation)]
        self.model = Model(url, f"landscape-{seed}", temperature=0)
        self.reflection = Model(url, f"reflection-{seed}", temperature=1)

    def text(self, case):
        return f"Case {case}. What is the answer?"

    def passes(self, case, answer):
        return answer == f"solved {case}"

    def reflect(self, question):
        return self.reflection.ask(question)

    def quality(self, prompt):
        question = json.dumps({"seed": self.seed, "system": prompt["system"]}) + "\n"
        return float(subprocess.run([self.program, "truth"], input=question, capture_output=True, text=True, check=True).stdout)


class Reviews(World):
    """Product reviews and the small local model; found prompts are scored on holdout cases that no side sees."""

    at_once = 4
    start = {"system": "Is this review positive or negative? Answer with one word.", "user": "{{ input }}",
             "demonstrations": [], "labels": None}
    labels = ["negative", "positive"]

    def __init__(self, url, suite, seed, cache, holdout=60, validation=40):
        cases = [json.loads(line) for line in open(suite, encoding="utf-8")]
        self.seed, self.cases = seed, {case["id"]: case for case in cases}
        split = lambda name: [case["id"] for case in cases if case["split"] == name]
        self.train, self.validation = split("train"), split("validation")[:validation]
        self.holdout = split("holdout")[:holdout]
        self.kinds = {case: self.label(case) for case in self.train + self.validation}
        self.examples = [{"caseID": case, "input": self.text(case), "answer": self.label(case)} for case in self.train]
        self.model = Model(url, "smollm2-135m", cache, temperature=0, max_tokens=8, seed=1)
        self.asked = 0

    def text(self, case):
        return self.cases[case]["input"]

    def label(self, case):
        return self.cases[case]["expected"]["choice"]

    def run(self, trials):
        answers = self.answers(trials)
        return [float(self.meant(prompt, answer) == self.label(case)) for (prompt, case), answer in zip(trials, answers)]

    def passes(self, case, answer):
        return self.meant(self.start, answer) == self.label(case)

    def meant(self, prompt, answer):
        """The first label word in the answer, as its label."""
        words = {(prompt.get("labels") or {}).get(label, label).lower(): label for label in self.labels}
        said = "".join(sign if sign.isalnum() else " " for sign in answer.lower()).split()
        return next((words[word] for word in said if word in words), None)

    def reflect(self, question):
        """A script that knows what people write in such instructions, good and bad, and offers them in turn."""
        self.asked += 1
        return f"```\n{INSTRUCTIONS[(self.seed * 7 + self.asked * 5) % len(INSTRUCTIONS)]}\n```"

    def quality(self, prompt):
        scores = self.run([(prompt, case) for case in self.holdout])
        return sum(scores) / len(scores)


INSTRUCTIONS = [
    "Answer with exactly one of: negative, positive.",
    "Classify the text. Answer positive or negative.",
    "Labels: positive, negative. Answer with one label and nothing else.",
    "You are an expert in sentiment analysis. Reply with one word: positive or negative.",
    "Read the review, then answer with one word: negative or positive.",
    "Did the customer like it? If so say positive, else negative.",
    "positive: the writer is happy. negative: the writer is unhappy. Write only the label.",
    "Think step by step, explain at length, and only then decide.",
    "Answer in French.",
    "Summarize the review in three sentences.",
    "Words such as great, love, perfect mean positive; broke, waste, awful mean negative. One word.",
    "Examples: 'Lovely mug.' positive. 'It broke at once.' negative. Now answer with one word.",
]

"""NSGA-II's sort as its peers do it: points and a number in, the rows that live on out.

Every peer gets the points as its users would have them, objectives to be made small, and does the whole step: fronts,
crowding, the best fronts, and the roomiest of the one that does not fit. Each gives what it can be asked to give: pymoo's
own survival keeps its individuals, so its functions are measured alone, too.
"""

import numpy
import pygmo
from deap import base, tools
from pymoo.core.individual import Individual
from pymoo.core.population import Population
from pymoo.core.problem import Problem
from pymoo.functions import is_compiled, load_function
from pymoo.operators.survival.rank_and_crowding import RankAndCrowding
from pymoo.operators.survival.rank_and_crowding.metrics import get_crowding_function
from pymoo.util.nds.non_dominated_sorting import NonDominatedSorting

assert is_compiled(), "pymoo's compiled functions are missing"


def roomiest(fronts, points, count):
    """Whole fronts, then the front that does not fit by pymoo's crowding."""
    crowding = get_crowding_function("cd")
    kept = []
    for front in fronts:
        front = numpy.asarray(front)
        room = crowding.do(points[front])
        places = count - len(kept)
        if len(front) > places:
            front = front[numpy.argsort(-room, kind="stable")[:places]]
        kept.extend(front)
        if len(kept) == count:
            break
    return kept


class PymooFunctions:
    """The default sort (moocore, in C), and the others that pymoo compiles."""

    def __init__(self, points, count, method=None):
        self.points, self.count = points, count
        if method:
            sort = load_function(method, "cython")
            self.fronts = lambda: sort(points)
        else:
            sort = NonDominatedSorting()
            self.fronts = lambda: sort.do(points, n_stop_if_ranked=count)

    def __call__(self):
        return roomiest(self.fronts(), self.points, self.count)


class PymooSurvival:
    def __init__(self, points, count):
        self.problem = Problem(n_var=1, n_obj=points.shape[1])
        self.population = Population.create(*[Individual(F=row, number=[place]) for place, row in enumerate(points)])
        for place, one in enumerate(self.population):
            one.set("place", place)
        self.survival, self.count = RankAndCrowding(), count

    def __call__(self):
        kept = self.survival.do(self.problem, self.population, n_survive=self.count, random_state=numpy.random.default_rng(1))
        return [one.get("place") for one in kept]


class Pygmo:
    def __init__(self, points, count):
        self.points, self.count = points, count

    def __call__(self):
        return pygmo.select_best_N_mo(self.points, self.count)


class Deap:
    class Fitness(base.Fitness):
        weights = (-1.0, -1.0, -1.0)

    class One(list):
        pass

    def __init__(self, points, count, sort):
        self.count, self.sort = count, sort
        self.population = []
        for place, row in enumerate(points):
            one = Deap.One([place])
            one.fitness = Deap.Fitness(tuple(map(float, row)))
            self.population.append(one)

    def __call__(self):
        return [one[0] for one in tools.selNSGA2(self.population, self.count, nd=self.sort)]


def subjects(points, count):
    """Name to a call of no arguments. What takes minutes a call is left out of the large sizes."""
    made = {
        "pymoo, functions": PymooFunctions(points, count),
        "pymoo, RankAndCrowding": PymooSurvival(points, count),
        "pygmo, select_best_N_mo": Pygmo(points, count),
        "deap, log": Deap(points, count, "log"),
    }
    if count <= 1_000:
        made["pymoo, compiled efficient sort"] = PymooFunctions(points, count, "efficient_non_dominated_sort")
        made["deap, standard"] = Deap(points, count, "standard")
    return made

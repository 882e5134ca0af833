"""Jobs over time, said a second time: after each instant cycles run, one after the other, until nothing changes.

Everything that waits is tried whenever anything may have changed: none of the shortcuts of Sources/Governance is here.
"""

import random
from dataclasses import dataclass

from . import cycle

# Size of a machine, and what a pod on a whole one asks for: vCPUs, GiB, GPUs, EFA interfaces (which the jobs of the
# walkthrough do not ask for).
MACHINES = {
    "ml.g5.12xlarge": ((48, 192, 4, 1), (44, 164, 4)),
    "ml.g5.8xlarge": ((32, 128, 1, 1), (29, 104, 1)),
}
NAMES = ("cpu", "memory", "nvidia.com/gpu", "vpc.amazonaws.com/efa")
CLASSES = {"high": 90, "middle": 50, "low": 10}


def whole(type_, nodes):
    """What pods on whole machines ask for together."""
    cpu, memory, gpus = (value * nodes for value in MACHINES[type_][1])
    return {"cpu": cpu, "memory": f"{memory}Gi", "nvidia.com/gpu": gpus}


@dataclass
class Job:
    name: str
    team: str
    group: str
    submitted: int
    duration: int
    requests: dict
    text: str
    state: str = "unknown"
    begun: int = -1
    since: int = 0
    waited: int = 0
    evictions: int = 0
    first: int = -1
    ended: int = -1
    isParked: bool = False
    uses: dict | None = None

    @property
    def likeness(self):
        return (self.team, self.group, str(self.requests))


class Scenario:
    """A policy with its jobs, as files for the program and as objects of Kueue for the second implementation."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        pick, chance = self.random.choice, lambda part: self.random.random() < part
        self.types = ["ml.g5.12xlarge"] if chance(0.6) else ["ml.g5.12xlarge", "ml.g5.8xlarge"]
        self.fair = chance(0.7)
        self.assumptions = {
            "reclaim-within-cohort": pick(["Any", "Any", "Any", "LowerPriority", "Never"]),
            "borrow-within-cohort": pick(["Never", "Never", "LowerPriority"]),
            "queueing": pick(["BestEffortFIFO", "BestEffortFIFO", "BestEffortFIFO", "StrictFIFO"]),
        }
        if self.assumptions["reclaim-within-cohort"] == "Never":
            self.assumptions["borrow-within-cohort"] = "Never"
        self.teams = [
            {
                "name": f"team-{letter}",
                "count": {type_: self.random.randint(0 if number else 1, 3) for type_ in self.types},
                "strategy": pick(["LendAndBorrow", "LendAndBorrow", "LendAndBorrow", "Lend", "DontLend"]),
                "percent": pick([50, 100, 200, 400]),
                "preempts": pick(["LowerPriority", "LowerPriority", "Never"]),
                "weight": pick([0, 0, 10, 50, 100]),
            }
            for number, letter in enumerate("abcd"[: self.random.randint(2, 4)])
        ]
        self.jobs = [self.job(number) for number in range(self.random.randint(5, 40))]

    def job(self, number):
        team, group = self.random.choice(self.teams), self.random.choice(list(CLASSES))
        type_ = self.random.choice(self.types)
        if self.random.random() < 0.75:
            nodes = self.random.choice([1, 1, 2, 3])
            requests = whole(type_, nodes)
            text = f"nodes: {nodes}, instance_type: {type_}"
        else:
            gpus, pods = self.random.choice([1, 2]), self.random.randint(1, 2)
            requests = {"cpu": 4 * pods, "nvidia.com/gpu": gpus * pods}
            text = f"pods: {pods}, instance_type: {type_}, requests: {{cpu: 4, nvidia.com/gpu: {gpus}}}"
        return Job(
            f"j{number:03}", team["name"], group, self.random.randint(0, 20) * 60, self.random.randint(1, 15) * 60,
            {type_: {name: value for name, value in requests.items()}}, text)

    def config(self):
        teams = "".join(
            f"    - name: {team['name']}\n      quota:\n"
            + "".join(f"        - {{instance_type: {type_}, count: {count}}}\n" for type_, count in team["count"].items())
            + f"      sharing: {{strategy: {team['strategy']}"
            + (f", borrow_limit_percent: {team['percent']}" if team["strategy"] == "LendAndBorrow" else "")
            + f"}}\n      preempt_team_tasks: {team['preempts']}\n      fair_share_weight: {team['weight']}\n"
            for team in self.teams)
        return (
            'kind: task-governance\nversion: "1.0"\nname: random\nregion: us-east-1\ncluster: random\n'
            f"task_governance:\n  fair_share: {str(self.fair).lower()}\n"
            f"  priority_classes: {{{', '.join(f'{name}: {weight}' for name, weight in CLASSES.items())}}}\n  teams:\n{teams}")

    def jobs_file(self):
        lines = [
            f"  - {{name: {job.name}, team: {job.team}, class: {job.group}, at: {job.submitted}s, "
            f"duration: {job.duration}s, {job.text}}}\n" for job in self.jobs]
        return "jobs:\n" + "".join(lines)

    def queues(self):
        made = []
        for team in self.teams:
            is_alone = team["strategy"] == "DontLend"
            flavors = []
            for type_ in self.types:
                limits = {}
                for name, value in zip(NAMES, MACHINES[type_][0], strict=True):
                    nominal = cycle.amount(f"{value * team['count'][type_]}{'Gi' if name == 'memory' else ''}", name)
                    percent = team["percent"] if team["strategy"] == "LendAndBorrow" else 0
                    limits[name] = {"nominal": self.plain(nominal, name)}
                    if not is_alone:
                        limits[name]["borrowing_limit"] = self.plain(nominal * percent // 100, name)
                flavors.append({"name": type_, "resources": limits})
            queue = {
                "name": team["name"], "resource_groups": [{"flavors": flavors}], "fair_weight": team["weight"],
                "preemption": {
                    "within_cluster_queue": team["preempts"],
                    "reclaim_within_cohort": self.assumptions["reclaim-within-cohort"],
                    "borrow_within_cohort": {"policy": self.assumptions["borrow-within-cohort"]},
                },
            }
            if not is_alone:
                queue["cohort"] = "shared-pool"
            made.append(queue)
        return made

    @staticmethod
    def plain(value, name):
        return f"{value}m" if name == "cpu" else value


class Endless(Exception):
    """Jobs evict each other in a circle."""


class Timeline:
    def __init__(self, scenario):
        self.scenario, self.queues = scenario, scenario.queues()
        self.strict = scenario.assumptions["queueing"] == "StrictFIFO"
        self.is_shared = {queue["name"]: "cohort" in queue for queue in self.queues}
        self.front = {}
        self.now = 0

    def run(self):
        jobs = self.scenario.jobs
        while True:
            times = [job.submitted for job in jobs if job.state == "unknown"]
            times += [job.begun + job.duration for job in jobs if job.state == "running"]
            if not times:
                return
            self.now = min(times)
            self.evicted_now = {}
            for job in jobs:
                if job.state == "running" and job.begun + job.duration == self.now:
                    job.state, job.ended = "ended", self.now
                    self.unpark(job.team)
            for job in jobs:
                if job.state == "unknown" and job.submitted == self.now:
                    self.enqueue(job)
            self.settle()

    def enqueue(self, job):
        job.state, job.since = "waiting", self.now
        # Those that are alike share their fate.
        for other in self.scenario.jobs:
            if other.state == "waiting" and other.likeness == job.likeness:
                other.isParked = False

    def unpark(self, team):
        for job in self.scenario.jobs:
            if job.team == team or (self.is_shared[team] and self.is_shared[job.team]):
                job.isParked = False

    def heads(self):
        found = {}
        for job in self.scenario.jobs:
            if job.state != "waiting" or job.isParked:
                continue
            rank = (self.front.get(job.team) is not job, -CLASSES[job.group], job.submitted, job.name)
            if job.team not in found or rank < found[job.team][0]:
                found[job.team] = (rank, job)
        return [job for _, job in found.values()]

    def settle(self):
        for _ in range(2000):
            heads = self.heads()
            if not heads or not self.turn(heads):
                return
        raise Endless

    def turn(self, heads):
        """One cycle. Returns whether another one could differ."""
        world = {
            "options": {"fair_sharing": self.scenario.fair}, "cluster_queues": self.queues,
            "admitted": [
                {"name": job.name, "cluster_queue": job.team, "priority": CLASSES[job.group], "created": job.submitted,
                 "reserved_at": job.begun, "requests": job.requests}
                for job in self.scenario.jobs if job.state == "running"],
            "pending": [
                {"name": job.name, "cluster_queue": job.team, "priority": CLASSES[job.group], "created": job.submitted,
                 "requests": job.requests}
                for job in heads],
        }
        answer = cycle.cycle(world)
        by_name = {job.name: job for job in self.scenario.jobs}
        for item in answer["admitted"]:
            job = by_name[item["name"]]
            job.state, job.begun = "running", self.now
            job.waited += self.now - job.since
            job.first = self.now if job.first < 0 else job.first
            if self.front.get(job.team) is job:
                self.front[job.team] = None
        parked = 0
        for item in answer["pending"]:
            job, message = by_name[item["name"]], item["message"]
            if "Pending the preemption" in message:
                if not self.strict:
                    self.front[job.team] = job
                continue
            if self.front.get(job.team) is job:
                self.front[job.team] = None
            if message.startswith("couldn't assign") and not self.strict:
                parked += 1
                for other in self.scenario.jobs:
                    if other.state == "waiting" and other.likeness == job.likeness:
                        other.isParked = True
        for item in answer["preempted"]:
            job = by_name[item["name"]]
            job.evictions += 1
            self.evicted_now[job.name] = self.evicted_now.get(job.name, 0) + 1
            if self.evicted_now[job.name] > 2:
                raise Endless
            self.unpark(job.team)
            self.enqueue(job)
        return bool(answer["admitted"] or answer["preempted"] or parked)

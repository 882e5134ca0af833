"""Small worlds at random: quotas, running workloads and waiting ones, as `stackgen governance replay --json` takes them."""

import random

RESOURCES = ["cpu", "memory", "nvidia.com/gpu"]


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.pick, self.chance = self.random.choice, lambda share: self.random.random() < share

    def world(self):
        shape = self.pick(["alone", "flat", "flat", "flat", "flat", "tree", "deep"])
        self.groups = self.layout()
        cohorts, homes = self.cohorts(shape)
        queues = [self.queue(f"q{number}", self.pick(homes)) for number in range(self.random.randint(1, 5))]
        world = {"options": self.options(), "cohorts": cohorts, "cluster_queues": queues}
        world["admitted"] = [self.running(f"w{n}", self.pick(queues)) for n in range(self.random.randint(0, 16))]
        world["pending"] = [self.waiting(f"n{n}", self.pick(queues)) for n in range(self.random.randint(1, 5))]
        if self.chance(0.03):
            world["pending"][0]["cluster_queue"] = "nowhere"
        return world

    def options(self):
        options = {"fair_sharing": self.chance(0.5)}
        if self.chance(0.15):
            options["preemption_strategies"] = [self.pick(["LessThanOrEqualToFinalShare", "LessThanInitialShare"])]
        if self.chance(0.1):
            options["kueue_version"] = "0.12"
        for name in ("preempt_within_nominal", "non_borrowing_first"):
            if self.chance(0.15):
                options[name] = False
        return options

    def layout(self):
        """Groups of flavors and resources that all queues share."""
        if self.chance(0.5):
            return [(["f0", "f1", "f2"][: self.random.randint(1, 3)], [self.pick(RESOURCES)])]
        if self.chance(0.6):
            return [(["f0", "f1"][: self.random.randint(1, 2)], ["cpu", self.pick(RESOURCES[1:])])]
        return [(["f0", "f1"][: self.random.randint(1, 2)], ["cpu"]), (["g0", "g1"][: self.random.randint(1, 2)],
                                                                     ["nvidia.com/gpu"])]

    def quotas(self, is_shared, most=6):
        groups = []
        for flavors, resources in self.groups:
            made = []
            for flavor in flavors:
                limits = {}
                for resource in resources:
                    nominal = self.random.randint(0, most)
                    limit = {"nominal": self.quantity(nominal, resource)}
                    if is_shared and self.chance(0.4):
                        limit["borrowing_limit"] = self.quantity(self.random.randint(0, 6), resource)
                    if is_shared and self.chance(0.25):
                        limit["lending_limit"] = self.quantity(self.random.randint(0, nominal), resource)
                    limits[resource] = limit
                made.append({"name": flavor, "resources": limits})
            self.random.shuffle(made) if self.chance(0.2) else None
            groups.append({"flavors": made})
        return groups

    def quantity(self, value, resource):
        if resource == "cpu" and self.chance(0.1):
            return self.pick([f"{value * 1000}m", f"{value}.5", f"{value * 1000 + 500}m"])
        if resource == "memory":
            return self.pick([f"{value}Gi", f"{value * 1024}Mi"])
        return self.pick([value, value, value, str(value), f"{value}e0"])

    def cohorts(self, shape):
        if shape == "alone":
            return [], [None]
        if shape == "flat":
            return ([], ["all"]) if self.chance(0.8) else ([self.cohort("all", None)], ["all", "all", "all", None])
        names = ["root", "left", "right"] if shape == "tree" else ["root", "left", "right", "lower", "lowest"]
        above = {"root": None, "left": "root", "right": "root", "lower": "left", "lowest": "lower"}
        return [self.cohort(name, above[name]) for name in names], names

    def cohort(self, name, parent):
        cohort = {"name": name}
        if parent:
            cohort["parent"] = parent
        if self.chance(0.4):
            cohort["resource_groups"] = self.quotas(parent is not None, 4)
        if self.chance(0.4):
            cohort["fair_weight"] = self.weight()
        return cohort

    def weight(self):
        # Sevenths and elevenths would make shares equal by chance less often than they are in life.
        return self.pick([0, 0.5, 1, 2, 3, 100])

    def queue(self, name, cohort):
        queue = {"name": name, "resource_groups": self.quotas(cohort is not None)}
        if cohort:
            queue["cohort"] = cohort
        policy = {
            "within_cluster_queue": self.pick(["Never", "LowerPriority", "LowerPriority", "LowerOrNewerEqualPriority"]),
            "reclaim_within_cohort": self.pick(["Never", "LowerPriority", "Any", "Any"]),
        }
        if self.chance(0.3) and policy["reclaim_within_cohort"] != "Never":
            policy["borrow_within_cohort"] = {"policy": self.pick(["LowerPriority", "LowerPriority", "Never"])}
            if self.chance(0.5):
                policy["borrow_within_cohort"]["max_priority_threshold"] = self.random.randint(-1, 2)
        if self.chance(0.95):
            queue["preemption"] = policy
        if self.chance(0.5):
            queue["fair_weight"] = self.weight()
        if self.chance(0.2):
            queue["queueing_strategy"] = self.pick(["StrictFIFO", "BestEffortFIFO"])
        if self.chance(0.2):
            queue["flavor_fungibility"] = {
                "when_can_borrow": self.pick(["MayStopSearch", "TryNextFlavor"]),
                "when_can_preempt": self.pick(["MayStopSearch", "TryNextFlavor"]),
            }
            if self.chance(0.4):
                queue["flavor_fungibility"]["preference"] = self.pick(
                    ["BorrowingOverPreemption", "PreemptionOverBorrowing"])
        return queue

    def workload(self, name, queue):
        workload = {"name": name, "cluster_queue": queue["name"]}
        if self.chance(0.85):
            workload["priority"] = self.random.randint(-1, 2)
        if self.chance(0.9):
            workload["created"] = self.random.randint(0, 4)
        return workload

    def running(self, name, queue):
        workload = self.workload(name, queue)
        if self.chance(0.6):
            workload["priority"] = self.random.randint(-2, 0)
        if self.chance(0.9):
            workload["reserved_at"] = self.random.randint(0, 4)
        if self.chance(0.05):
            workload["evicted"] = True
        requests = {}
        for group in queue["resource_groups"]:
            flavor = self.pick(group["flavors"])
            for resource in flavor["resources"]:
                if self.chance(0.85):
                    requests.setdefault(flavor["name"], {})[resource] = self.quantity(
                        self.random.randint(1, 4), resource)
        workload["requests"] = requests
        return workload

    def waiting(self, name, queue):
        workload = self.workload(name, queue)
        if self.chance(0.2):
            workload["pod_sets"] = [
                {"name": set_name, "count": self.random.randint(1, 3), "requests": self.requests(queue)}
                for set_name in ("main", "workers")]
        else:
            workload["requests"] = self.requests(queue)
        return workload

    def requests(self, queue):
        requests = {}
        for group in queue["resource_groups"]:
            for resource in group["flavors"][0]["resources"]:
                if self.chance(0.9):
                    requests[resource] = self.quantity(self.random.randint(0 if self.chance(0.2) else 1, 4), resource)
        if self.chance(0.04):
            requests["example.com/other"] = self.random.randint(0, 1)
        if self.chance(0.05) and requests:
            flavor = self.pick(queue["resource_groups"][0]["flavors"])
            requests = {r: v for r, v in requests.items() if r not in flavor["resources"]} | {
                flavor["name"]: {r: v for r, v in requests.items() if r in flavor["resources"]}}
        return requests


def world(seed):
    """The world of a number; the same one everywhere."""
    return Maker(seed).world()

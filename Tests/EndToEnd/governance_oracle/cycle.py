"""One scheduling cycle of Kueue, said a second time: small, slow, and written apart from Sources/Governance.

It takes what `stackgen governance replay --json` takes (in the plain spelling only) and gives what that gives, so that
the two can be compared over random worlds. Every step recomputes what it needs by walking the tree; nothing is cached.

Follows the description of Kueue 0.19: quotas and cohorts, flavor assignment, classic and fair-sharing preemption, the
order inside a cycle, holding back for those that cannot be sure to reclaim.
"""

import math
from dataclasses import dataclass, field
from decimal import Decimal

NO_FIT, NO_CANDIDATES, PREEMPT, RECLAIM, FIT = range(5)
UNITS = {"": 1, "k": 10**3, "M": 10**6, "G": 10**9, "T": 10**12, "P": 10**15, "E": 10**18}
UNITS |= {"m": Decimal("1e-3"), "u": Decimal("1e-6"), "n": Decimal("1e-9")}
UNITS |= {prefix + "i": 1024 ** (step + 1) for step, prefix in enumerate("KMGTPE")}


def amount(value, resource):
    """Thousandths of a processor, whole units of everything else; parts of them are rounded up."""
    text = str(value)
    for suffix in sorted(UNITS, key=len, reverse=True):
        if suffix and text.endswith(suffix):
            number = Decimal(text[: -len(suffix)]) * UNITS[suffix]
            break
    else:
        number = Decimal(text)
    return math.ceil(number * (1000 if resource == "cpu" else 1))


def written(value, resource):
    """The shortest text with the largest suffix that leaves a whole number."""
    if resource == "cpu":
        if value % 1000:
            return f"{value}m"
        value //= 1000
    base, suffixes = (1024, ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"]) if resource == "memory" else (
        1000, ["", "k", "M", "G", "T", "P", "E"])
    step = 0
    while value and value % base == 0 and step < len(suffixes) - 1:
        value, step = value // base, step + 1
    return f"{value}{suffixes[step]}"


class Node:
    """A queue or a cohort with its quota."""

    def __init__(self, spec, is_queue):
        self.name, self.spec, self.is_queue = spec["name"], spec, is_queue
        self.parent, self.children = None, []
        self.limits, self.usage = {}, {}
        self.weight = float(spec.get("fair_weight", 1))
        self.groups = []
        for group in spec.get("resource_groups") or []:
            names = [flavor["name"] for flavor in group["flavors"]]
            self.groups.append((names, sorted({r for f in group["flavors"] for r in f["resources"]})))
            for flavor in group["flavors"]:
                for resource, limit in flavor["resources"].items():
                    self.limits[flavor["name"], resource] = tuple(
                        None if limit.get(key) is None else amount(limit[key], resource)
                        for key in ("nominal", "borrowing_limit", "lending_limit"))
        policy = spec.get("preemption") or {}
        self.within = policy.get("within_cluster_queue") or "Never"
        self.reclaim = policy.get("reclaim_within_cohort") or "Never"
        borrow = policy.get("borrow_within_cohort") or {}
        self.borrows_over = borrow.get("policy", "Never") != "Never"
        self.threshold = borrow.get("max_priority_threshold")

    def nominal(self, pair):
        return self.limits.get(pair, (0, None, None))[0]

    def borrowing_limit(self, pair):
        return self.limits.get(pair, (0, None, None))[1]

    def used(self, pair):
        return self.usage.get(pair, 0)

    def subtree(self, pair):
        """All quota at and below the node that reaches it."""
        return self.nominal(pair) + sum(child.subtree(pair) - child.local(pair) for child in self.children)

    def local(self, pair):
        """What nobody outside may use."""
        lend = self.limits.get(pair, (0, None, None))[2]
        return 0 if lend is None else max(0, self.subtree(pair) - lend)

    def local_free(self, pair):
        return max(0, self.local(pair) - self.used(pair))

    def free(self, pair):
        if not self.parent:
            return self.subtree(pair) - self.used(pair)
        above = self.parent.free(pair)
        limit = self.borrowing_limit(pair)
        if limit is not None:
            lent = self.subtree(pair) - self.local(pair)
            above = min(above, lent - max(0, self.used(pair) - self.local(pair)) + limit)
        return self.local_free(pair) + above

    def available(self, pair):
        return max(0, self.free(pair))

    def potential(self, pair):
        if not self.parent:
            return self.subtree(pair)
        most = self.local(pair) + self.parent.potential(pair)
        limit = self.borrowing_limit(pair)
        return most if limit is None else min(most, self.subtree(pair) + limit)

    def add(self, pair, value):
        rest = value - self.local_free(pair)
        self.usage[pair] = self.used(pair) + value
        if self.parent and rest > 0:
            self.parent.add(pair, rest)

    def remove(self, pair, value):
        above = self.used(pair) - self.local(pair)
        self.usage[pair] = self.used(pair) - value
        if self.parent and above > 0:
            self.parent.remove(pair, min(value, above))

    def over(self, pair, more=0):
        return self.used(pair) + more > self.subtree(pair)

    def path(self):
        node = self.parent
        while node:
            yield node
            node = node.parent

    def root(self):
        return [self, *self.path()][-1]

    def queues(self):
        if self.is_queue:
            return [self]
        return [queue for child in self.children for queue in child.queues()]

    def height(self):
        cohorts = [child.height() + 1 for child in self.children if not child.is_queue]
        return max([min(len(self.children), 1), *cohorts])


@dataclass
class Workload:
    name: str
    queue: str
    priority: int
    created: float
    reserved: float
    evicted: bool
    sets: list
    uses: dict = field(default_factory=dict)


@dataclass
class Found:
    """The flavor of one resource of one pod set."""

    pair: tuple
    mode: int
    level: int


@dataclass
class Entry:
    workload: Workload
    queue: Node
    found: list
    reasons: list
    mode: int
    uses: dict
    level: int
    victims: list = field(default_factory=list)

    def message(self):
        parts = [f"couldn't assign flavors to pod set {name}: " + ", ".join(sorted(reasons))
                 for name, reasons in self.reasons if reasons]
        return "; ".join(parts)


class World:
    def __init__(self, spec):
        options = spec.get("options") or {}
        self.fair = options.get("fair_sharing", False)
        self.rules = options.get("preemption_strategies") or ["LessThanOrEqualToFinalShare", "LessThanInitialShare"]
        is_new = int(str(options.get("kueue_version", "0.19")).split(".")[1]) >= 17
        self.entitled = options.get("preempt_within_nominal", is_new)
        self.non_borrowing_first = options.get("non_borrowing_first", is_new)
        self.exact = options.get("exact_share_arithmetic", is_new)
        self.cohorts = {}
        for cohort in spec.get("cohorts") or []:
            self.cohorts[cohort["name"]] = Node(cohort, False)
        self.queues = {queue["name"]: Node(queue, True) for queue in spec["cluster_queues"]}
        for node in [*list(self.cohorts.values()), *self.queues.values()]:
            above = node.spec.get("cohort" if node.is_queue else "parent")
            if above:
                node.parent = self.cohorts.setdefault(above, Node({"name": above}, False))
                node.parent.children.append(node)
        self.running, self.pending = [], []
        for place, item in enumerate(spec.get("admitted") or []):
            workload = self.workload(item)
            for _, requests in workload.sets:
                for resource, (value, flavor) in requests.items():
                    pair = (flavor, resource)
                    workload.uses[pair] = workload.uses.get(pair, 0) + value
            self.running.append(workload)
            self.occupy(workload)
        self.pending = [self.workload(item) for item in spec.get("pending") or []]

    @staticmethod
    def workload(item):
        sets = []
        for number, part in enumerate(item.get("pod_sets") or [item]):
            is_set = "pod_sets" in item
            count = part.get("count", 1) if is_set or "count" in item else 1
            requests = {}
            for key, value in (part.get("requests") or {}).items():
                if isinstance(value, dict):
                    for resource, quantity in value.items():
                        requests[resource] = (amount(quantity, resource) * count, key)
                else:
                    requests[key] = (amount(value, key) * count, None)
            sets.append((part.get("name", f"set-{number}") if is_set else "main", requests))
        return Workload(
            item["name"], item["cluster_queue"], item.get("priority", 0), item.get("created", -math.inf),
            item.get("reserved_at", math.inf), item.get("evicted", False), sets)

    def occupy(self, workload):
        for pair, value in workload.uses.items():
            self.queues[workload.queue].add(pair, value)

    def vacate(self, workload):
        for pair, value in workload.uses.items():
            self.queues[workload.queue].remove(pair, value)

    # Shares

    def share(self, node):
        """How much is borrowed: (is infinite, value); compared as tuples."""
        if not node.parent:
            return (False, 0.0)
        borrowed = {}
        pairs = {pair for queue in node.root().queues() for pair in queue.limits} | set(node.root().limits)
        for cohort in self.cohorts.values():
            if cohort.root() is node.root():
                pairs |= set(cohort.limits)
        for pair in pairs:
            more = node.used(pair) - node.subtree(pair)
            if more > 0 and self.knows(node, pair):
                borrowed[pair[1]] = borrowed.get(pair[1], 0) + more
        ratios = []
        for resource, more in borrowed.items():
            lendable = sum(node.parent.potential(pair) for pair in pairs if pair[1] == resource)
            if lendable > 0:
                # Numbers of the machine, as Kueue has them: which of two shares that differ in the last digit is
                # larger decides there, too.
                ratio = more * 1000.0 / lendable
                ratios.append(ratio if self.exact else max(ratio // 1, 5e-324))
        highest = max(ratios, default=0.0)
        if node.weight == 0 and borrowed:
            return (True, highest if self.exact else 0.0)
        if self.exact or not highest:
            return (False, highest / node.weight if highest else 0.0)
        return (False, max(1.0, highest / node.weight // 1))

    @staticmethod
    def knows(node, pair):
        """Whether the node or anything below it has quota of the pair, be it 0."""
        return pair in node.limits or any(World.knows(child, pair) for child in node.children)

    # Flavors

    def level(self, queue, pair, value):
        """How far up quota comes from, and whether that is below the top."""
        if not (queue.parent and queue.over(pair, value)):
            return 0, queue.parent is not None
        rest = value - queue.local_free(pair)
        node = None
        for node in queue.path():
            if not node.over(pair, rest):
                break
            rest -= node.local_free(pair)
        return node.height(), node.parent is not None

    def judge(self, workload, queue, pair, assumed, value):
        flavor, resource = pair
        most, total = queue.potential(pair), assumed + value
        if total > most:
            return NO_FIT, 0, (
                f"insufficient quota for {resource} in flavor {flavor}, previously considered podsets requests "
                f"({written(assumed, resource)}) + current podset request ({written(value, resource)}) > maximum "
                f"capacity ({written(most, resource)})")
        level, below_top = self.level(queue, pair, total)
        free = queue.available(pair)
        if total <= free:
            return FIT, level, None
        reason = (f"insufficient unused quota for {resource} in flavor {flavor}, "
                  f"{written(total - free, resource)} more needed")
        may_borrow = queue.borrows_over or (self.fair and queue.reclaim != "Never")
        if not (queue.nominal(pair) >= total or below_top or may_borrow):
            return NO_FIT, level, reason
        victims = self.targets(workload, queue, {pair: total}, {pair})
        if not victims:
            return NO_CANDIDATES, level, reason
        for victim, _ in victims:
            self.vacate(victim)
        level, _ = self.level(queue, pair, total)
        for victim, _ in victims:
            self.occupy(victim)
        own = any(victim.queue == queue.name for victim, _ in victims)
        return (PREEMPT if own else RECLAIM), level, reason

    @staticmethod
    def better(one, other, preference):
        if one[0] == NO_FIT or other[0] == NO_FIT:
            return one[0] != NO_FIT
        if (one[0] == NO_CANDIDATES) != (other[0] == NO_CANDIDATES):
            return other[0] == NO_CANDIDATES
        if preference == "PreemptionOverBorrowing":
            return (one[1], -one[0]) < (other[1], -other[0])
        return (-one[0], one[1]) < (-other[0], other[1])

    def assign(self, workload, queue):
        fungibility = queue.spec.get("flavor_fungibility") or {}
        all_found, all_reasons, uses, level, worst = [], [], {}, 0, FIT
        for name, requests in workload.sets:
            found, reasons, failed = self.assign_set(workload, queue, requests, uses, fungibility)
            for item in found:
                value = requests[item.pair[1]][0]
                if value:
                    uses[item.pair] = uses.get(item.pair, 0) + value
                level = max(level, item.level)
            all_found += found
            all_reasons.append((name, reasons))
            if reasons:
                modes = [item.mode for item in found]
                mode = min(modes) if modes else NO_FIT
                worst = min(worst, FIT if mode == FIT else NO_FIT if mode == NO_FIT else PREEMPT)
            if failed:
                break
        if not workload.sets:
            worst = NO_FIT
        return Entry(workload, queue, all_found, all_reasons, worst, uses, level)

    def assign_set(self, workload, queue, requests, assumed, fungibility):
        found, reasons, done = [], [], set()
        for resource in sorted(requests):
            group = next((g for g in queue.groups if resource in g[1]), None)
            if group is None:
                if requests[resource][0] == 0:
                    continue
                return [], [f"resource {resource} unavailable in ClusterQueue"], True
            if resource in done:
                continue
            mine = {r: requests[r] for r in sorted(requests) if r in group[1]}
            done |= set(mine)
            best, best_grade, why = [], (NO_FIT, math.inf), []
            preference = fungibility.get("preference")
            for flavor in group[0]:
                if any(wanted not in (None, flavor) for _, wanted in mine.values()):
                    why.append(f"flavor {flavor} doesn't match node affinity")
                    continue
                tried, grade = [], (FIT, 0)
                for r, (value, _) in mine.items():
                    pair = (flavor, r)
                    mode, level, reason = self.judge(workload, queue, pair, assumed.get(pair, 0), value)
                    if reason:
                        why.append(reason)
                    if self.better(grade, (mode, level), preference):
                        grade = (mode, level)
                    if grade[0] != NO_FIT:
                        tried.append(Found(pair, mode, level))
                stops = grade[0] == FIT or (
                    grade[0] in (PREEMPT, RECLAIM) and fungibility.get("when_can_preempt", "TryNextFlavor") != "TryNextFlavor")
                if stops and grade[1] and fungibility.get("when_can_borrow", "MayStopSearch") == "TryNextFlavor":
                    stops = False
                if stops or self.better(grade, best_grade, preference):
                    best, best_grade = tried, grade
                if stops:
                    break
            if not best:
                return [], why, True
            found += best
            if best_grade[0] != FIT:
                reasons += why
        return found, reasons, False

    # Victims

    def targets(self, workload, queue, uses, needs):
        return (self.fair_targets if self.fair else self.classic_targets)(workload, queue, uses, needs)

    def going_order(self, queue):
        return lambda w: (not w.evicted, w.queue == queue.name, w.priority, -w.reserved, w.name)

    @staticmethod
    def allowed(policy, workload, candidate):
        if policy == "Any":
            return True
        if candidate.priority < workload.priority:
            return policy in ("LowerPriority", "LowerOrNewerEqualPriority")
        same = candidate.priority == workload.priority
        return policy == "LowerOrNewerEqualPriority" and same and workload.created < candidate.created

    def candidates(self, workload, queue, source, needs):
        policy = queue.within if source is queue else queue.reclaim
        return [w for w in self.running if w.queue == source.name and needs & set(w.uses)
                and self.allowed(policy, workload, w)]

    def fits(self, queue, uses, borrowing):
        return all(value <= queue.available(pair) and (borrowing or not queue.over(pair, value))
                   for pair, value in uses.items())

    def fill_back(self, victims, queue, uses, borrowing):
        for place in range(len(victims) - 2, -1, -1):
            self.occupy(victims[place][0])
            if self.fits(queue, uses, borrowing):
                victims[place] = victims[-1]
                victims.pop()
            else:
                self.vacate(victims[place][0])

    def classic_targets(self, workload, queue, uses, needs):
        lists = {"hierarchical": [], "priority": [], "own": []}
        for w in self.candidates(workload, queue, queue, needs):
            lists["own"].append((w, "own", None))
        if queue.parent and queue.reclaim != "Never":
            rest = dict(uses)
            entitled = self.within_quota(queue, rest)
            skip = None
            for cohort in queue.path():
                for source in self.borrowers(cohort, skip, queue, needs):
                    for w in self.candidates(workload, queue, source, needs):
                        if entitled:
                            kind = "hierarchical"
                        elif queue.borrows_over and w.priority < workload.priority and (
                                queue.threshold is None or w.priority <= queue.threshold):
                            kind = "while borrowing"
                        else:
                            kind = "without borrowing"
                        lists["hierarchical" if entitled else "priority"].append((w, kind, cohort))
                fits = self.within_quota(cohort, rest)
                entitled, skip = entitled or fits, cohort
        order = self.going_order(queue)
        for items in lists.values():
            items.sort(key=lambda item: order(item[0]))
        in_order = [*lists["hierarchical"], *lists["priority"], *lists["own"]]
        in_order = [i for i in in_order if i[0].evicted] + [i for i in in_order if not i[0].evicted]
        foreign = lists["hierarchical"] or lists["priority"]
        under = all(queue.used(pair) < queue.nominal(pair) for pair in needs)
        if not foreign or (not queue.borrows_over and not under):
            attempts = [True]
        elif not queue.borrows_over and not lists["hierarchical"]:
            attempts = [False, True]
        else:
            attempts = [True, False]
        reasons = {"own": "InClusterQueue", "hierarchical": "InCohortReclamation",
                   "without borrowing": "InCohortReclamation", "while borrowing": "InCohortReclaimWhileBorrowing"}
        for borrowing in attempts:
            victims, enough = [], False
            for w, kind, meeting in in_order:
                if kind != "own":
                    if borrowing and kind == "without borrowing":
                        continue
                    source = self.queues[w.queue]
                    between = [source]
                    for node in source.path():
                        if node is meeting:
                            break
                        between.append(node)
                    if any(not any(node.over(pair) for pair in needs) for node in between):
                        continue
                self.vacate(w)
                victims.append((w, reasons[kind]))
                if self.fits(queue, uses, borrowing):
                    enough = True
                    break
            if enough:
                self.fill_back(victims, queue, uses, borrowing)
            for w, _ in victims:
                self.occupy(w)
            if enough:
                return victims
        return []

    @staticmethod
    def within_quota(node, rest):
        fits = True
        for pair, value in rest.items():
            if node.over(pair, value):
                fits = False
            rest[pair] = max(0, value - node.local_free(pair))
        return fits

    def borrowers(self, cohort, skip, queue, needs):
        for child in cohort.children:
            if child is skip or child is queue or not any(child.over(pair) for pair in needs):
                continue
            if child.is_queue:
                yield child
            else:
                yield from self.borrowers(child, None, queue, needs)

    def fair_targets(self, workload, queue, uses, needs):
        found = self.candidates(workload, queue, queue, needs) if queue.within != "Never" else []
        if queue.parent and queue.reclaim != "Never":
            for source in queue.root().queues():
                if source is not queue and any(source.over(pair) for pair in needs):
                    found += self.candidates(workload, queue, source, needs)
        if not found:
            return []
        found.sort(key=self.going_order(queue))
        for pair, value in uses.items():
            queue.add(pair, value)
        victims, retry = [], []
        enough = self.first_rule(found, queue, uses, needs, victims, retry)
        if not enough and len(self.rules) > 1:
            enough = self.second_rule(retry, queue, uses, victims)
        for pair, value in uses.items():
            queue.remove(pair, value)
        if enough:
            self.fill_back(victims, queue, uses, True)
        for w, _ in victims:
            self.occupy(w)
        return victims if enough else []

    def take(self, w, reason, queue, uses, victims):
        self.vacate(w)
        victims.append((w, reason))
        for pair, value in uses.items():
            queue.remove(pair, value)
        enough = self.fits(queue, uses, True)
        for pair, value in uses.items():
            queue.add(pair, value)
        return enough

    def first_rule(self, found, queue, uses, needs, victims, retry):
        lists = {}
        for w in found:
            lists.setdefault(w.queue, []).append(w)
        entitled = self.entitled and not any(queue.over(pair) for pair in needs)
        pruned = set()
        while target := self.next_target(queue, lists, pruned):
            mine = lists[target.name]
            if target is queue or entitled:
                reason = "InClusterQueue" if target is queue else "InCohortReclamation"
                if self.take(mine.pop(0), reason, queue, uses, victims):
                    return True
                continue
            near, far = self.below_meeting(queue, target)
            my_share, before = self.share(near), self.share(far)
            while mine:
                w = mine.pop(0)
                self.vacate(w)
                after = self.share(far)
                self.occupy(w)
                passes = my_share <= after if self.rules[0] == "LessThanOrEqualToFinalShare" else my_share < before
                if not passes:
                    retry.append(w)
                    continue
                if self.take(w, "InCohortFairSharing", queue, uses, victims):
                    return True
                break
        return False

    def second_rule(self, retry, queue, uses, victims):
        lists = {}
        for w in sorted(retry, key=self.going_order(queue)):
            lists.setdefault(w.queue, []).append(w)
        pruned = set()
        while target := self.next_target(queue, lists, pruned):
            near, far = self.below_meeting(queue, target)
            w = lists[target.name].pop(0)
            if self.share(near) < self.share(far) and self.take(w, "InCohortFairSharing", queue, uses, victims):
                return True
            pruned.add(target.name)
        return False

    def is_coarse(self, share):
        """Whether whole numbers hide what is borrowed."""
        return share[0] and not self.exact

    def next_target(self, queue, lists, pruned):
        if not queue.parent:
            return queue if lists.get(queue.name) else None
        root = queue.root()
        while ("cohort", root.name) not in pruned:
            target = self.descend(root, queue, lists, pruned)
            if target:
                return target
        return None

    def descend(self, cohort, queue, lists, pruned):
        best, best_share = None, None
        order = self.going_order(queue)
        for child in cohort.children:
            if not child.is_queue or child.name in pruned:
                continue
            share = self.share(child)
            if not lists.get(child.name) or (share[1] == 0 and child is not queue and not self.is_coarse(share)):
                pruned.add(child.name)
            elif best is None or share > best_share or (
                    share == best_share and order(lists[child.name][0]) < order(lists[best.name][0])):
                best, best_share = child, share
        lower, lower_share = None, None
        for child in cohort.children:
            if child.is_queue or ("cohort", child.name) in pruned:
                continue
            share = self.share(child)
            if share[1] == 0 and child not in list(queue.path()) and not self.is_coarse(share):
                pruned.add(("cohort", child.name))
            elif lower is None or share >= lower_share:
                lower, lower_share = child, share
        if best is None and lower is None:
            pruned.add(("cohort", cohort.name))
            return None
        if lower is not None and (best is None or lower_share >= best_share):
            return self.descend(lower, queue, lists, pruned)
        return best

    @staticmethod
    def below_meeting(one, other):
        ones, others = [one, *one.path()], [other, *other.path()]
        for place, node in enumerate(ones):
            if node in others:
                return ones[place - 1], others[others.index(node) - 1]
        raise AssertionError("queues of different cohorts never meet")

    # The cycle

    def cycle(self):
        answer = {"admitted": [], "preempted": [], "pending": []}
        messages, heads = {}, {}
        for w in self.pending:
            if w.queue not in self.queues:
                messages[w.name] = f"ClusterQueue {w.queue} not found"
                continue
            messages[w.name] = ""
            head = heads.get(w.queue)
            if head is None or (-w.priority, w.created, w.name) < (-head.priority, head.created, head.name):
                heads[w.queue] = w
        entries = []
        for name in self.queues:
            if name in heads:
                entry = self.assign(heads[name], self.queues[name])
                if entry.mode == PREEMPT:
                    needs = {f.pair for f in entry.found if f.mode not in (FIT, NO_FIT)}
                    entry.victims = self.targets(entry.workload, entry.queue, entry.uses, needs)
                entries.append(entry)
        gone = []
        while entries:
            entry = self.next_entry(entries)
            entries.remove(entry)
            self.process(entry, gone, answer, messages)
        done = {item["name"] for item in answer["admitted"]}
        answer["pending"] = [{"name": w.name, "message": messages[w.name]} for w in self.pending if w.name not in done]
        return answer

    def next_entry(self, entries):
        def age(entry):
            return (-entry.workload.priority, entry.workload.created, entry.workload.name)

        if not self.fair:
            return min(entries, key=lambda entry: (entry.level, *age(entry)))
        for entry in entries:
            if not entry.queue.parent:
                return entry
        ranks = {}
        root = entries[0].queue.root()
        entries = [entry for entry in entries if entry.queue.root() is root]
        for entry in entries:
            for pair, value in entry.uses.items():
                entry.queue.add(pair, value)
            node = entry.queue
            while node.parent:
                borrows = any(value > 0 and node.over(pair) and self.knows(node, pair)
                              for pair, value in entry.uses.items())
                ranks[entry.workload.name, node.parent.name] = (
                    self.non_borrowing_first and borrows, self.share(node), *age(entry))
                node = node.parent
            for pair, value in entry.uses.items():
                entry.queue.remove(pair, value)

        def tournament(cohort):
            players = [tournament(child) for child in cohort.children if not child.is_queue]
            players += [entry for entry in entries if entry.queue.parent is cohort]
            players = [player for player in players if player]
            return min(players, key=lambda e: ranks[e.workload.name, cohort.name], default=None)

        return tournament(root)

    def process(self, entry, gone, answer, messages):
        queue, name = entry.queue, entry.workload.name
        messages[name] = entry.message()
        if entry.mode == NO_FIT:
            return
        if entry.mode == PREEMPT and not entry.victims:
            if queue.reclaim != "Any":
                for pair, value in entry.uses.items():
                    left, limit = queue.nominal(pair) - queue.used(pair), queue.borrowing_limit(pair)
                    if entry.level == 0:
                        value = max(0, min(value, left))
                    elif limit is not None:
                        value = min(value, left + limit)
                    queue.add(pair, value)
            return
        if any(victim in gone for victim, _ in entry.victims):
            messages[name] = "Workload has overlapping preemption targets with another workload"
            return
        away = gone + [victim for victim, _ in entry.victims]
        for w in away:
            self.vacate(w)
        fits = all(value <= queue.available(pair) for pair, value in entry.uses.items())
        for w in away:
            self.occupy(w)
        if not fits:
            messages[name] = "Workload no longer fits after processing another workload"
            return
        gone[:] = away
        for pair, value in entry.uses.items():
            queue.add(pair, value)
        if entry.mode == FIT:
            requests = {}
            for (flavor, resource), value in entry.uses.items():
                requests.setdefault(flavor, {})[resource] = written(value, resource)
            answer["admitted"].append({"name": name, "cluster_queue": queue.name, "requests": requests})
        else:
            messages[name] += f". Pending the preemption of {len(entry.victims)} workload(s)"
            answer["preempted"] += [{"name": v.name, "reason": why, "by": name} for v, why in entry.victims]


def cycle(spec):
    return World(spec).cycle()

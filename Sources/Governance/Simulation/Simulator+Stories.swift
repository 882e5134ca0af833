/// What happens to watched jobs, in words.
extension Simulator {
    /// A step of a watched job.
    mutating func tell(_ job: Int, _ kind: SimulationResult.Kind, _ reason: PreemptionReason?, _ by: Int) {
        switch kind {
        case .admitted, .admittedBorrowing:
            say(job, "admitted: " + quotaSource(of: job), "QuotaReserved=True, Admitted=True")
        case .waitsForNodes:
            say(
                job, "has quota, but no machine has room: quotas promise more than there is, or machines are lost",
                "QuotaReserved=True, Admitted=True; pods Pending")
        case .started: say(job, "runs: machines are free", "PodsReady=True")
        case .evicted:
            let sentence = reason?.sentence ?? ""
            say(
                job, "suspended by \(name(of: by)) (priority \(input.jobs[by].priority)): \(sentence)",
                "Evicted=True (Preempted), Preempted=True (\(reason?.rawValue ?? "")): Preempted to accommodate a "
                    + "workload (UID: \(name(of: by))) due to \(sentence)")
        case .interrupted: say(job, "a machine under it failed: it keeps its quota and begins again", "PodsReady=False")
        case .finished: say(job, "finished", "Finished=True")
        case .deleted: say(job, "deleted", "")
        }
    }

    /// Why watched jobs wait, where that changed.
    mutating func tellWaiting() {
        for job in input.watched.sorted() where runs.state[job] == .waiting {
            let entry = scheduler.nominate(job)
            let missing = entry.assignment.message(scheduler.table)
            var text = "waits: " + explanation(of: entry)
            let queue = Int(input.jobs[job].team)
            if let place = pending[queue].first(scheduler.workloads) {
                let first = pending[queue].job(place, scheduler.workloads)
                if first != job { text += "; \(name(of: first)) is before it in the queue" }
            }
            let condition =
                missing.isEmpty ? "QuotaReserved=False (Pending)" : "QuotaReserved=False (Pending): \(missing)"
            if let last = result.stories.last(where: { $0.job == job }), last.text == text { continue }
            say(job, text, condition)
        }
    }

    private mutating func say(_ job: Int, _ text: String, _ condition: String) {
        result.stories.append(SimulationResult.Story(job: job, time: now, text: text, condition: condition))
    }

    private func name(of job: Int) -> String { "\(input.teams[Int(input.jobs[job].team)])/\(input.jobs[job].name)" }

    /// On whose quota a job runs.
    private func quotaSource(of job: Int) -> String {
        let queue = Int(input.jobs[job].team)
        let parts = scheduler.workloads.uses(job).sorted { $0.pair < $1.pair }.filter { $0.amount > 0 }.map { use in
            let pair = Int(use.pair)
            let resource = scheduler.table.pairs[pair].resource
            let above = max(0, scheduler.tree.usage(queue, pair) - scheduler.tree.nominal(queue, pair))
            let borrowed = min(use.amount, above)
            let whole = "\(Quantity.text(use.amount, of: resource)) \(resource)"
            guard borrowed > 0 else { return "\(whole) of its own" }
            return "\(whole), of it \(Quantity.text(borrowed, of: resource)) borrowed\(lenders(pair, except: queue))"
        }
        return parts.joined(separator: "; ")
    }

    private func lenders(_ pair: Int, except queue: Int) -> String {
        let resource = scheduler.table.pairs[pair].resource
        let idle = scheduler.queues.indices.compactMap { other -> String? in
            guard other != queue, scheduler.tree.roots[other] == scheduler.tree.roots[queue] else { return nil }
            let amount = scheduler.tree.nominal(other, pair) - scheduler.tree.usage(other, pair)
            return amount > 0 ? "\(input.teams[other]) (\(Quantity.text(amount, of: resource)) idle)" : nil
        }
        return idle.isEmpty ? "" : " from " + list(idle)
    }

    private func list(_ names: [String]) -> String {
        names.count <= 4
            ? names.joined(separator: ", ") : names.prefix(3).joined(separator: ", ") + " and \(names.count - 3) more"
    }

    /// Why a job cannot have quota now.
    private func explanation(of entry: CycleEntry) -> String {
        let queue = Int(workloadQueue(entry))
        let lacks = entry.assignment.podSets.flatMap(\.reasons).compactMap(Lack.init)
        // People think in accelerators; the other resources follow.
        let accelerator = lacks.first { Accelerators.names.contains(scheduler.table.pairs[$0.pair].resource) }
        guard let reason = accelerator ?? lacks.first else {
            return scheduler.queues[queue].isActive ? "its turn has not come" : "its team is not active"
        }
        let (pair, resource) = (reason.pair, scheduler.table.pairs[reason.pair].resource)
        func text(_ amount: Int64) -> String { Quantity.text(amount, of: resource) }
        let place = scheduler.tree.at(queue, pair)
        let amount = entry.assignment.uses.first { Int($0.pair) == pair }?.amount ?? reason.asked
        let owner = input.teams[queue]
        var words = "needs \(text(max(amount, reason.asked))) \(resource) of \(scheduler.table.pairs[pair].flavor)"
        words += "; \(owner) owns \(text(scheduler.tree.nominal[place])), uses \(text(scheduler.tree.usage[place]))"
        let limit = scheduler.tree.borrowing[place]
        if !scheduler.tree.hasParent(queue) {
            words += " and shares nothing"
        } else if limit != QuotaTree.unlimited {
            let above = max(0, scheduler.tree.usage[place] - scheduler.tree.nominal[place])
            words += ", may borrow \(text(max(0, limit - above))) more"
        }
        if let maximum = reason.maximum { return words + "; it can never have more than \(text(maximum))" }
        words += "; \(text(scheduler.tree.available(queue, pair))) free for it"
        let holders = holders(pair, except: queue)
        if !holders.isEmpty { words += "; " + holders }
        return words + "; " + refusal(entry, queue, pair)
    }

    private func workloadQueue(_ entry: CycleEntry) -> Int32 { scheduler.workloads.queue[entry.workload] }

    /// Who uses a pair, the largest borrowers first.
    private func holders(_ pair: Int, except queue: Int) -> String {
        let resource = scheduler.table.pairs[pair].resource
        let users = scheduler.queues.indices.filter {
            $0 != queue && scheduler.tree.roots[$0] == scheduler.tree.roots[queue] && scheduler.tree.usage($0, pair) > 0
        }.sorted { first, second in
            let excess = (
                scheduler.tree.usage(first, pair) - scheduler.tree.nominal(first, pair),
                scheduler.tree.usage(second, pair) - scheduler.tree.nominal(second, pair)
            )
            return excess.0 != excess.1 ? excess.0 > excess.1 : first < second
        }
        return list(
            users.map { team in
                let jobs = scheduler.admitted[team].map { Int($0) }.filter { job in
                    scheduler.workloads.uses(job).contains { Int($0.pair) == pair }
                }.sorted()
                return
                    "\(input.teams[team]) uses \(Quantity.text(scheduler.tree.usage(team, pair), of: resource)) of its "
                    + "\(Quantity.text(scheduler.tree.nominal(team, pair), of: resource)) "
                    + "(\(list(jobs.map { input.jobs[$0].name })))"
            })
    }

    /// Why nobody has to go for a job.
    private func refusal(_ entry: CycleEntry, _ queue: Int, _ pair: Int) -> String {
        if !entry.victims.isEmpty { return "it waits for \(entry.victims.count) job(s) to go" }
        let policy = scheduler.queues[queue].preemption
        var words: [String] = []
        words.append(
            policy.withinClusterQueue == .never
                ? "its team's jobs evict none of their own" : "no job of lower priority in its team is enough")
        guard scheduler.tree.hasParent(queue), policy.reclaimWithinCohort != .never else { return words[0] }
        let amount = entry.assignment.uses.first { Int($0.pair) == pair }?.amount ?? 0
        let isAbove = scheduler.tree.usage(queue, pair) + amount > scheduler.tree.nominal(queue, pair)
        if !scheduler.options.isFairSharing {
            words.append(
                isAbove
                    ? "above what the team owns it may evict nobody elsewhere (fair share is off)"
                    : "no other team borrows what it needs")
        } else if isAbove {
            words.append("no team that borrows has a share as large as its team's would be")
        } else {
            words.append("no other team borrows what it needs")
        }
        return words.joined(separator: ", ")
    }
}

/// What is missing, of the reasons that name a pair.
private struct Lack {
    let pair: Int
    var asked: Int64 = 0
    var maximum: Int64?

    init?(_ reason: WaitingReason) {
        switch reason {
        case .exceedsMaximum(let pair, let assumed, let request, let maximum):
            self.pair = pair
            asked = assumed + request
            self.maximum = maximum
        case .moreNeeded(let pair, _), .moreNeededInCohort(let pair, _), .borrowingLimit(let pair): self.pair = pair
        case .otherFlavor, .noResource: return nil
        }
    }
}

import Foundation
import Governance
import Testing

/// What the replay takes, and what it says to the rest.
@Suite struct ReplayInputTests {
    private func run(_ text: String) throws -> Replay.Answer { try Replay.run(Data(text.utf8)) }

    @Test func spellingsOfKeysAndChoicesMeanTheSame() throws {
        let snake = try run(
            #"""
            {"options": {"fair_sharing": false}, "cluster_queues": [{"name": "a", "cohort": null,
             "resource_groups": [{"flavors": [{"name": "f", "resources": {"cpu": {"nominal": 4}}}]}],
             "preemption": {"within_cluster_queue": "lower_priority"}}],
             "admitted": [{"name": "w", "cluster_queue": "a", "priority": 1, "requests": {"f": {"cpu": 4}}}],
             "pending": [{"name": "n", "cluster_queue": "a", "priority": 2, "requests": {"cpu": "4000m"}}]}
            """#)
        let camel = try run(
            #"""
            {"clusterQueues": [{"name": "a", "resourceGroups": [{"coveredResources": ["cpu"], "flavors":
             [{"name": "f", "resources": [{"name": "cpu", "nominalQuota": "4"}]}]}],
             "preemption": {"withinClusterQueue": "LowerPriority", "reclaimWithinCohort": ""}}],
             "admitted": [{"name": "w", "clusterQueue": "a", "priority": 1, "requests": {"cpu": 4}}],
             "pending": [{"name": "n", "clusterQueue": "a", "priority": 2,
                          "podSets": [{"name": "main", "count": 4, "requests": {"cpu": 1}}]}], "cohorts": null}
            """#)
        #expect(snake == camel)
        #expect(snake.preempted.map(\.name) == ["w"])
    }

    @Test func answersFeedTheNextCycle() throws {
        let first = try run(
            #"""
            {"cluster_queues": [{"name": "a", "quotas": [{"name": "f", "resources": {"memory": "4Gi"}}]}],
             "pending": [{"name": "n", "cluster_queue": "a", "requests": {"memory": "3Gi"}}]}
            """#)
        let text = String(decoding: try first.json(), as: UTF8.self)
        #expect(
            text
                == #"{"admitted":[{"cluster_queue":"a","name":"n","requests":{"f":{"memory":"3Gi"}}}],"pending":[],"preempted":[]}"#
        )
    }

    @Test func nothingAtAllIsFine() throws {
        #expect(try run("{}") == Replay.Answer())
    }

    @Test func queuesThatAreNotThereAreSaid() throws {
        let answer = try run(#"{"pending": [{"name": "n", "cluster_queue": "x", "requests": {"cpu": 1}}]}"#)
        #expect(answer.pending.map(\.message) == ["ClusterQueue x not found"])
    }

    @Test(arguments: [
        ("[]", "the input is one JSON object"), ("{", "this is no JSON"),
        (#"{"cluster_queues": [{}]}"#, "cluster_queues[0]: `name` is missing"),
        (
            #"{"cluster_queues": [{"name": "a", "fair_weight": -1}]}"#,
            "cluster_queues[0].fair_weight: a weight is a number of 0 or more"
        ),
        (
            #"{"cluster_queues": [{"name": "a", "preemption": {"within_cluster_queue": "Sometimes"}}]}"#,
            "cluster_queues[0].preemption.within_cluster_queue: `Sometimes` is none of Any, LowerOrNewerEqualPriority, LowerPriority, Never"
        ),
        (
            #"{"cluster_queues": [{"name": "a", "quotas": [{"name": "f", "resources": {"cpu": "four"}}]}]}"#,
            "cluster_queues[0].quotas[0].resources.cpu: `four` is no quantity"
        ),
        (#"{"cluster_queues": [{"name": "a"}, {"name": "a"}]}"#, "there are two of the name `a`"),
        (#"{"admitted": [{"name": "w", "cluster_queue": "a"}]}"#, "admitted[0]: there is no cluster queue `a`"),
        (
            #"{"pending": [{"name": "w", "cluster_queue": "a", "created": "soon"}]}"#,
            "pending[0].created: `soon` is no time; write seconds, a date such as 2026-01-02T03:04:05Z, or a span such as 5m"
        ),
    ])
    func badInputIsSaidWithItsPlace(input: String, message: String) throws {
        let problem = #expect(throws: ReplayProblem.self) { try run(input) }
        #expect(problem?.description == message)
    }
}

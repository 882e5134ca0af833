internal import ArgumentParser
internal import Diagnostics
internal import Foundation
internal import Governance
internal import StackGen

struct GovernanceSimulateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Predict what a policy does with jobs, offline.",
        discussion: """
            Runs jobs against the task governance of a configuration as Kueue would: who runs, who borrows from whom,
            who is evicted by which rule, how long everybody waits. Nothing is sent. docs/governance.md tells how to
            write jobs; promises in the jobs file make it a test: the exit status is 7 where one is broken.
            """)

    @Argument(help: "The configuration, or the folder that holds it.", completion: .file(extensions: ["yaml"]))
    var path = "."

    @Option(name: .long, help: "Jobs: a YAML file, or a history with the ending .csv.", completion: .file())
    var jobs: String?

    @Option(name: .long, help: "A generated workload: poisson:load=0.8,hours=24,mean=2h,sizes=1|2,seed=1.")
    var workload: String?

    @Option(name: .long, help: "Tell a job's story: TEAM/JOB. May be repeated.")
    var why: [String] = []

    @Option(name: .long, help: "Show jobs and usage at a time: 00:10. May be repeated.")
    var at: [String] = []

    @Option(name: .long, help: "End the simulation at a time.")
    var until: String?

    @Option(name: .long, help: "Assume something AWS does not document: NAME=VALUE. May be repeated.")
    var assume: [String] = []

    @Option(
        name: .long, help: "Another configuration, to see what it changes for the same jobs.",
        completion: .file(extensions: ["yaml"]))
    var compare: String?

    @Option(name: .long, help: "Try values: teams[team-a].sharing.borrow_limit_percent=0..200/25, or =0,50,100.")
    var sweep: String?

    @Option(
        name: .long, help: "Write a page with pictures, which needs nothing else: FILE.html, or FILE.svg.",
        completion: .file())
    var report: String?

    @Option(name: .long, help: "Write the promises as JUnit's XML.", completion: .file())
    var junit: String?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        for time in at + [until].compactMap({ $0 }) where TimeText.milliseconds(time) == nil {
            throw ValidationError("`\(time)` is no time; write 00:10, 90s or 2h30m")
        }
        if jobs == nil, workload == nil { throw ValidationError("give --jobs or --workload") }
        if compare != nil, sweep != nil { throw ValidationError("--compare and --sweep exclude each other") }
    }

    func run() throws {
        let console = output.console
        if let sweep {
            let rows = try GovernanceComparison.sweep(Project(path: path), options, sweep)
            return try console.result(rows.text, json: Array(try rows.json()))
        }
        let run = try GovernanceSimulation.run(Project(path: path), options)
        console.report(run.findings)
        if let compare {
            let other = try GovernanceSimulation.run(Project(path: compare), options)
            let rows = GovernanceComparison(path, run, compare, other)
            return try console.result(rows.text, json: Array(try rows.json()))
        }
        try console.result(run.text, json: Array(try run.json()))
        if let report { try write(run.page(isPicture: report.hasSuffix(".svg")), to: report, console) }
        if let junit {
            try write(JUnitExpectations.xml(run.expectations, name: jobs ?? "workload"), to: junit, console)
        }
        if run.findings.contains(where: { $0.severity == .error }) { throw ExitStatus.invalidInput.code }
        if !run.keepsPromises { throw ExitStatus.promiseBroken.code }
    }

    private var options: GovernanceSimulation.Options {
        var options = GovernanceSimulation.Options()
        options.jobs = jobs
        options.workload = workload
        options.assumptions = assume
        options.times = at.compactMap { TimeText.milliseconds($0) }
        options.watched = why
        options.end = until.flatMap { TimeText.milliseconds($0) }
        options.triesAssumptions = compare == nil && sweep == nil
        return options
    }

    private func write(_ text: String, to path: String, _ console: Console) throws {
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
            console.good("wrote \(path)")
        } catch {
            throw WorkflowError(.machine, "`\(path)` cannot be written: \(WorkflowError.reason(of: error))")
        }
    }
}

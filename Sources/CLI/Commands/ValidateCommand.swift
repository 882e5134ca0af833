public import ArgumentParser
internal import Diagnostics
public import StackGen

struct ValidateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Check configurations: every problem, at its place.",
        discussion: """
            Reads each configuration, checks it against the schema and the rules, evaluates its template and checks
            that too. Nothing is written, unless fixes are asked for, and nothing is sent.

            Of a folder every config.yaml below it is checked, and every other YAML file whose root names a kind of
            stackgen; folders named run, where records are, are left out.
            """)

    @Argument(help: "Configuration files, and folders that hold them.", completion: .file(extensions: ["yaml"]))
    var paths: [String] = ["."]

    @Flag(name: .long, help: "Treat warnings as errors.")
    var strict = false

    @Flag(name: .long, help: "Write safe fixes into the files: spellings of keys and choices, quotes, tabs.")
    var fix = false

    @Flag(name: .customLong("skip-template"), help: "Check schema and rules only.")
    var skipsTemplate = false

    @Option(name: .long, help: "The form of the result: text, json, sarif, junit or github.")
    var format: ValidationReport.Format?

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let form = format ?? (output.output == .json ? .json : .text)
        let console = output.console
        var report = ValidationReport(format: form)
        let options = Validate.Options(isStrict: strict, evaluatesTemplate: !skipsTemplate, fixes: fix)
        try await Validate.run(paths, options: options) { found in
            if form == .text { console.report(found.diagnostics) }
            console.output(Array(report.add(found).utf8))
        }
        console.output(Array(try report.end().utf8))
        if report.hasErrors { throw ExitStatus.invalidInput.code }
    }
}

extension ValidationReport.Format: ExpressibleByArgument {}

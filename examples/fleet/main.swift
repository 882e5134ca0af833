import Diagnostics
import Foundation
import StackGen

/// A small program on the library: compiles every configuration it is given, without writing or sending anything,
/// and prints what each would ask of AWS.
///
///     swift run fleet-report examples/clusters/*.yaml

var hasFailed = false
for path in CommandLine.arguments.dropFirst() {
    do {
        let compilation = try Compiler.compile(Project(path: path))
        let types = Dictionary(grouping: compilation.evaluated.resources, by: \.type).mapValues(\.count)
        print("\(path): \(compilation.evaluated.resources.count) resources, \(compilation.bytes.count) bytes")
        print("  sha256 \(ContentHash.sha256(compilation.bytes))")
        for (type, count) in types.sorted(by: { $0.key < $1.key }) { print("  \(count) × \(type)") }
    } catch let error as DiagnosticError {
        hasFailed = true
        print(TextRenderer().render(error.diagnostics), terminator: "")
    } catch {
        hasFailed = true
        print("\(path): \(error)")
    }
}
exit(hasFailed ? 1 : 0)

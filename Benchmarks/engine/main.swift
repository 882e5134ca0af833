// Measures the engine on one workload and prints JSON: nanoseconds to compile all templates, nanoseconds of one
// render, the output's size, and by how many bytes the process grew at most during its first render.
//
//     jinja-benchmark LOAD.json

import Diagnostics
import Foundation
import Jinja

/// One workload, read from its file.
struct Load {
    let templates: [String: String]
    let data: Value

    init(path: String) throws {
        let file = SourceFile(name: path, bytes: Array(try Data(contentsOf: URL(fileURLWithPath: path))))
        guard case .dict(let fields) = try Value(json: file), case .dict(let sources)? = fields["templates"] else {
            throw CocoaError(.fileReadCorruptFile)
        }
        data = fields["data"] ?? .dict([])
        templates = zip(sources.keys, sources.values).reduce(into: [:]) { result, source in
            if let name = source.0.stringValue { result[name] = source.1.stringValue }
        }
    }
}

/// The median time of one call, from as many calls as fit into a second.
func nanoseconds(_ body: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    var samples: [Double] = []
    let end = clock.now + .seconds(1)
    repeat {
        let time = try clock.measure(body)
        samples.append(Double(time.components.seconds) * 1e9 + Double(time.components.attoseconds) * 1e-9)
    } while clock.now < end || samples.count < 5
    return samples.sorted()[samples.count / 2]
}

/// A size of the process from Linux's own accounts, in bytes: `VmRSS` now, `VmHWM` at most since the last reset.
func processSize(_ name: String) -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix(name) } ?? ""
    return (line.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) } ?? 0) * 1024
}

let load = try Load(path: CommandLine.arguments[1])
var options = Options()
options.trimBlocks = true
options.lstripBlocks = true
let environment = Environment(options: options, loader: DictionaryLoader(load.templates))
let template = try environment.template(named: "main.jinja")

try? "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
let before = processSize("VmRSS")
let output = try template.renderBytes(load.data)
let growth = processSize("VmHWM") - before

let compile = try nanoseconds {
    for (name, text) in load.templates { _ = try environment.compile(source: SourceFile(name: name, text: text)) }
}
let render = try nanoseconds { _ = try template.renderBytes(load.data) }
if CommandLine.arguments.count > 2 {
    try Data(output).write(to: URL(fileURLWithPath: CommandLine.arguments[2]))
}
print("{\"compile\": \(compile), \"render\": \(render), \"output\": \(output.count), \"memory\": \(growth)}")

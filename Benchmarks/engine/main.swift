// Measures the engine on one workload and prints JSON: nanoseconds to compile all templates, nanoseconds of one
// render, the output's size, and with the heap counter of heap.c preloaded by how many bytes the heap grew at most.
//
//     jinja-benchmark LOAD.json [OUTPUT]

import Diagnostics
import Dispatch
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

/// The processor time of one call: the least of as many as fit into a second. Other programs on the machine make calls
/// slower, never faster.
func nanoseconds(_ body: () throws -> Void) rethrows -> UInt64 {
    var least = UInt64.max
    var count = 0
    let end = DispatchTime.now() + .seconds(1)
    repeat {
        let start = processorTime()
        try body()
        least = min(least, processorTime() - start)
        count += 1
    } while DispatchTime.now() < end || count < 5
    return least
}

/// The processor time that the process has used, in nanoseconds.
func processorTime() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

/// A function of the heap counter, where it is preloaded.
func heapFunction<Function>(_ name: String, as type: Function.Type) -> Function? {
    dlsym(dlopen(nil, RTLD_NOW), name).map { unsafeBitCast($0, to: type) }
}

// A process that has given back a large block keeps memory for what comes next. One that has run for a while has done
// so; measure.py does it for the peers.
free(malloc(16 << 20))
let load = try Load(path: CommandLine.arguments[1])
var options = Options()
options.trimBlocks = true
options.lstripBlocks = true
let environment = Environment(options: options, loader: DictionaryLoader(load.templates))
let template = try environment.template(named: "main.jinja")

// What the first render sets up once for all is no part of it.
_ = try template.renderBytes(load.data)
heapFunction("heap_begin", as: (@convention(c) () -> Void).self)?()
let output = try template.renderBytes(load.data)
let growth = heapFunction("heap_most", as: (@convention(c) () -> Int).self)?() ?? 0

let compile = try nanoseconds {
    for (name, text) in load.templates { _ = try environment.compile(source: SourceFile(name: name, text: text)) }
}
let render = try nanoseconds { _ = try template.renderBytes(load.data) }
if CommandLine.arguments.count > 2 {
    try Data(output).write(to: URL(fileURLWithPath: CommandLine.arguments[2]))
}
print("{\"compile\": \(compile), \"render\": \(render), \"output\": \(output.count), \"memory\": \(growth)}")

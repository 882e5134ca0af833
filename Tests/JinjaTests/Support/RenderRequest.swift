import Diagnostics
import Jinja

/// One rendering described as data, as a case file has it.
struct RenderRequest {
    let template: String
    let data: Value
    let templates: [String: String]
    let options: Options

    func render() throws -> String {
        let environment = Environment(options: options, loader: DictionaryLoader(templates))
        return try environment.compile(source: SourceFile(name: "template", text: template)).render(data)
    }
}

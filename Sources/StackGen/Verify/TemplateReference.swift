internal import Diagnostics
internal import YAML

/// A place in a template where something else of the template is named.
struct TemplateReference {
    /// How the other thing is named.
    enum Form {
        case ref
        case attribute
        case substitution
        case condition
        case mapping
        case dependsOn
    }

    let form: Form
    let target: String
    let span: SourceSpan

    /// Every reference below a node, in the order of the text, and the intrinsic functions that cannot be read.
    static func all(in node: Node) -> (references: [TemplateReference], problems: [Diagnostic]) {
        var collector = Collector()
        collector.visit(node)
        return (collector.references, collector.problems)
    }
}

private struct Collector {
    var references: [TemplateReference] = []
    var problems: [Diagnostic] = []

    mutating func visit(_ node: Node) {
        if let intrinsic = Intrinsic(node) {
            visit(intrinsic, at: node.span)
            return
        }
        visitChildren(of: node)
    }

    private mutating func visitChildren(of node: Node) {
        switch node.content {
        case .scalar: break
        case .sequence(let items): for item in items { visit(item) }
        case .mapping(let entries): for entry in entries { visit(entry.value) }
        }
    }

    private mutating func visit(_ intrinsic: Intrinsic, at span: SourceSpan) {
        let argument = intrinsic.argument
        switch intrinsic.name {
        case "Ref", "Condition":
            guard let target = argument.scalar?.text else { return problems.append(.shape(intrinsic.name, span)) }
            add(intrinsic.name == "Ref" ? .ref : .condition, target, argument.span)
        case "Fn::GetAtt": visitGetAtt(argument, span)
        case "Fn::Sub": visitSub(argument, span)
        case "Fn::If":
            guard let items = argument.sequence, items.count == 3, let condition = items[0].scalar?.text else {
                return problems.append(.shape(intrinsic.name, span))
            }
            add(.condition, condition, items[0].span)
            visit(items[1])
            visit(items[2])
        case "Fn::FindInMap":
            guard let items = argument.sequence, items.count >= 3 else {
                return problems.append(.shape(intrinsic.name, span))
            }
            if let name = items[0].scalar?.text { add(.mapping, name, items[0].span) }
            items.forEach { visit($0) }
        default: visitChildren(of: argument)
        }
    }

    /// `[Logical, Attribute]` or `Logical.Attribute`.
    private mutating func visitGetAtt(_ argument: Node, _ span: SourceSpan) {
        if let text = argument.scalar?.text, let dot = text.firstIndex(of: ".") {
            add(.attribute, String(text[..<dot]), argument.span)
        } else if let items = argument.sequence, items.count == 2, let target = items[0].scalar?.text {
            add(.attribute, target, items[0].span)
            visit(items[1])
        } else {
            problems.append(.shape("Fn::GetAtt", span))
        }
    }

    /// `"text ${Name} ${Logical.Attribute} ${!literal}"`, alone or with a map of further variables.
    private mutating func visitSub(_ argument: Node, _ span: SourceSpan) {
        var text = argument
        var variables: Set<String> = []
        if let items = argument.sequence {
            guard items.count == 2, let more = items[1].mapping else { return problems.append(.shape("Fn::Sub", span)) }
            text = items[0]
            variables = Set(more.map(\.name))
            more.forEach { visit($0.value) }
        }
        guard let scalar = text.scalar?.text else { return problems.append(.shape("Fn::Sub", span)) }
        for name in Self.variables(of: scalar) where !variables.contains(name) {
            let target = name.contains("::") ? name : String(name.prefix { $0 != "." })
            add(.substitution, target, text.span)
        }
    }

    /// The names in `${…}`, without those of `${!…}`, which stand for the text itself.
    static func variables(of text: String) -> [String] {
        var names: [String] = []
        var rest = text.utf8[...]
        while let dollar = rest.firstIndex(of: UInt8(ascii: "$")) {
            rest = rest[rest.index(after: dollar)...]
            guard rest.first == UInt8(ascii: "{") else { continue }
            rest = rest.dropFirst()
            guard let end = rest.firstIndex(of: UInt8(ascii: "}")) else { break }
            let name = rest[..<end].drop { $0 == UInt8(ascii: " ") }
            if name.first != UInt8(ascii: "!") { names.append(String(Substring(name))) }
            rest = rest[rest.index(after: end)...]
        }
        return names
    }

    private mutating func add(_ form: TemplateReference.Form, _ target: String, _ span: SourceSpan) {
        references.append(TemplateReference(form: form, target: target, span: span))
    }
}

extension Diagnostic {
    fileprivate static func shape(_ name: String, _ span: SourceSpan) -> Diagnostic {
        CFNRule.intrinsicShape.error("\(name) is not of the form that CloudFormation reads", at: span)
    }
}

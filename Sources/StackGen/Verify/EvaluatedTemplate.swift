public import Diagnostics
public import YAML

/// An evaluated template as a tree with places, in the sections of CloudFormation.
///
/// Source of the sections: AWS docs, "CloudFormation template sections".
public struct EvaluatedTemplate: Sendable {
    /// The text.
    public let file: SourceFile
    /// The whole tree.
    public let root: Node
    /// The resources in the order of the text.
    public let resources: [Resource]

    /// A resource of the template.
    public struct Resource: Sendable {
        /// Its logical id.
        public let logicalID: String
        /// Its type, such as `AWS::EKS::Cluster`; empty when it has none.
        public let type: String
        /// The place of the logical id.
        public let keySpan: SourceSpan
        /// Everything below the logical id.
        public let body: Node
    }

    static let sectionNames: Set<String> = [
        "AWSTemplateFormatVersion", "Conditions", "Description", "Hooks", "Mappings", "Metadata", "Outputs",
        "Parameters", "Resources", "Rules", "Transform",
    ]

    /// Reads a template.
    ///
    /// CloudFormation's short forms (`!Ref`, `!GetAtt`, `!Sub` …) are read as such; any other tag is a problem.
    /// - Throws: `DiagnosticError` with the problems when the text is not YAML or not a map.
    public init(_ file: SourceFile) throws {
        let result = Parser.parse(file)
        let problems = result.diagnostics.filter { !Self.isShortForm($0) }
        guard problems.isEmpty else { throw DiagnosticError(problems) }
        guard let root = result.document?.root, root.mapping != nil else {
            throw DiagnosticError(.notATemplate(file))
        }
        self.file = file
        self.root = root
        self.resources = (root["Resources"]?.mapping ?? []).map { entry in
            Resource(
                logicalID: entry.name, type: entry.value["Type"]?.scalar?.text ?? "", keySpan: entry.key.span,
                body: entry.value)
        }
    }

    /// The entries of a section in the order of the text.
    public func entries(of section: String) -> [Node.Entry] {
        root[section]?.mapping ?? []
    }

    /// YAML's own reader refuses `!Ref`; here it is a word of the language.
    private static func isShortForm(_ diagnostic: Diagnostic) -> Bool {
        guard diagnostic.id == YAMLRule.unknownTag.id, let text = diagnostic.span?.text else { return false }
        let tag = text.prefix { !$0.isWhitespace }
        return Intrinsic.shortForms[String(tag)] != nil
    }
}

extension Diagnostic {
    fileprivate static func notATemplate(_ file: SourceFile) -> Diagnostic {
        CFNRule.unreadable.error(
            "the evaluated template is not a map of sections", at: SourceSpan(file, 0..<0),
            fix: Fix("make the template produce `Resources:` with at least one resource"))
    }
}

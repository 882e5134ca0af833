internal import Diagnostics
internal import StackSchemas
internal import YAML

/// Fits an example to another name or region, keeping its comments.
struct ExampleAdaptation {
    let text: String

    /// The example with its name, region and zones replaced.
    /// - Throws: `DiagnosticError` when the text cannot be changed.
    func adapted(name: String?, region: String?) throws -> String {
        var editor = try DocumentEditor(SourceFile(name: "<example>", text: text))
        if let name { try editor.set(YAMLPath([.key("name")]), to: .string(name)) }
        if let region {
            try editor.set(YAMLPath([.key("region")]), to: .string(region))
            return Self.movingZones(String(decoding: editor.bytes, as: UTF8.self), to: region)
        }
        return String(decoding: editor.bytes, as: UTF8.self)
    }

    /// The first zone of the example becomes the first suitable zone of the region, and so on: an example says
    /// which parts share a zone, and that stays.
    private static func movingZones(_ text: String, to region: String) -> String {
        let zones = suitableZones(of: region, for: text)
        guard !zones.isEmpty else { return text }
        var known: [String] = []
        for match in text.matches(of: zonePattern) where !known.contains(String(match.output)) {
            known.append(String(match.output))
        }
        return text.replacing(zonePattern) { match in
            let position = known.firstIndex(of: String(match.output)) ?? 0
            return zones[position % zones.count]
        }
    }

    /// The zones that the control plane may use; those that offer most of the example's instance types come first.
    private static func suitableZones(of region: String, for text: String) -> [String] {
        let types = Set(text.matches(of: typePattern).map { InstanceType(text: String($0.output)) })
        let zones = Catalog.regions[Region(text: region)]?.zonesForControlPlane ?? []
        let missing = zones.map { zone in
            types.count { Catalog.regions.offers($0, in: ZoneID(text: zone)) == false }
        }
        return zones.indices.sorted { (missing[$0], $0) < (missing[$1], $1) }.map { zones[$0] }
    }

    private nonisolated(unsafe) static let typePattern = #/\bml\.[a-z0-9-]+\.[a-z0-9]+\b/#
    private nonisolated(unsafe) static let zonePattern = #/\b[a-z]{3,5}[0-9]-az[0-9]{1,2}\b/#
}

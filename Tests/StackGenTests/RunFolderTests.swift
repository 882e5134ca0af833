import Foundation
import TestSupport
import Testing

@testable import StackGen

struct RunFolderTests {
    private let temporary: TemporaryFolder
    private let record: RunFolder

    init() throws {
        temporary = try TemporaryFolder()
        let template: [UInt8] = Array("Resources: {}\n".utf8)
        let sources = [RunFile.config: Array("a: 1\n".utf8), RunFile.evaluatedTemplate: template]
        var request = StackRequest(
            region: "us-east-1", stackName: "s", capabilities: [], tags: [], clientRequestToken: "",
            onFailure: "ROLLBACK", enableTerminationProtection: false, notificationARNs: [],
            template: .init(sha256: ContentHash.sha256(template), bytes: template.count, delivery: .inline))
        let content = try RunContent(sources: sources.mapValues { ContentHash.sha256($0) }, request: request).sha256
        request.clientRequestToken = RunContent.token(record: "r", content: content)
        var files = sources
        files[RunFile.request] = try RecordJSON.bytes(request)
        let manifest = RunManifest(
            run: "r", recordedAt: nil, tool: .init(version: "0"), kind: "k", schemaVersion: "1",
            template: .init(origin: "embedded", sha256: "", isUnchanged: true), contentSHA256: content,
            files: files.mapValues { .init($0) }, git: nil, callerARN: nil, silenced: [],
            states: [.init("recorded", at: nil)])
        files[RunFile.manifest] = try RecordJSON.bytes(manifest)
        record = try RunFolder.write(files, to: temporary.url.appendingPathComponent("run/r"))
    }

    @Test func aFreshRecordAgreesWithItself() throws {
        #expect(try record.discrepancies() == [])
        #expect(RunFolder.all(in: temporary.url.appendingPathComponent("run")).map(\.name) == ["r"])
    }

    @Test func everyKindOfChangeIsFound() throws {
        try Data("a: 2\n".utf8).write(to: record.url.appendingPathComponent(RunFile.config))
        try FileManager.default.removeItem(at: record.url.appendingPathComponent(RunFile.evaluatedTemplate))
        try Data().write(to: record.url.appendingPathComponent("more"))
        let found = try record.discrepancies()
        #expect(found.count == 3, "\(found)")
        #expect(found[0].hasPrefix("cfn_params.yaml: is missing"))
        #expect(found[1].hasPrefix("config.yaml: SHA-256 is"))
        #expect(found[2] == "more: is not in the manifest")
    }

    @Test func addedFilesAreListed() throws {
        try record.append(event: Array("{}\n".utf8))
        try record.append(event: Array("{}\n".utf8))
        #expect(try record.discrepancies() == [], "events are on their way")
        try record.closeEvents(.init("CREATE_COMPLETE", at: nil))
        try record.closeEvents(.init("CREATE_COMPLETE", at: nil))
        #expect(try record.discrepancies() == [])
        #expect(try record.manifest().states.map(\.name) == ["recorded", "CREATE_COMPLETE"])
        #expect(try record.read(RunFile.events) == Array("{}\n{}\n".utf8))
        try record.append(event: Array("{}\n".utf8))
        #expect(try record.discrepancies() == [], "events only grow")
        try Data("[]\n{}\n{}\n".utf8).write(to: record.url.appendingPathComponent(RunFile.events))
        #expect(try record.discrepancies().count == 1, "what was written does not change")
    }

    @Test func anUnwritableParentLeavesNothing() throws {
        let file = temporary.url.appendingPathComponent("file")
        try Data().write(to: file)
        #expect(throws: (any Error).self) { try RunFolder.write(["a": [1]], to: file.appendingPathComponent("r")) }
        #expect(try Data(contentsOf: file).isEmpty)
    }

    @Test func aRecordIsNeverReplaced() throws {
        #expect(throws: (any Error).self) { try RunFolder.write(["a": [1]], to: record.url) }
        #expect(try record.discrepancies() == [])
        let left = try FileManager.default.contentsOfDirectory(atPath: record.url.deletingLastPathComponent().path)
        #expect(left == ["r"])
    }
}

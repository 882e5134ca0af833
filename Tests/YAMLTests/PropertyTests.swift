import Diagnostics
import Foundation
import Testing
import YAML

@Suite struct PropertyTests {
    /// A scalar set anywhere leaves every byte outside its value as it was.
    @Test func settingAScalarChangesOnlyItsBytes() throws {
        var generator = SeededGenerator(seed: 21)
        var changed = 0
        for round in 0..<2_000 {
            let text = RandomText.document(&generator)
            let file = SourceFile(name: "r", text: text)
            let result = Parser.parse(file)
            #expect(result.diagnostics.isEmpty, "\(text)\n\(TextRenderer().render(result.diagnostics))")
            guard let document = result.document, let root = document.root else { continue }
            let leaves = RandomText.leaves(root)
            guard !leaves.isEmpty else { continue }
            let (path, node) = generator.pick(leaves)
            let value = YAMLValue.string(RandomValue.string(&generator))
            var editor = DocumentEditor(document)
            try editor.set(path, to: value)
            let after = editor.bytes
            let prefix = file.bytes[..<node.span.range.lowerBound]
            let suffix = file.bytes[node.span.range.upperBound...]
            let isSame = after.starts(with: prefix) && after.suffix(suffix.count).elementsEqual(suffix)
            #expect(isSame && after.count >= prefix.count + suffix.count, "round \(round) \(path): \(value)\n\(text)")
            #expect(editor.document.root.map(RandomText.leaves)?.count == leaves.count)
            changed += after == file.bytes ? 0 : 1
        }
        #expect(changed > 1_000)
    }

    /// A removed part takes nothing else with it, and a part added can be removed again without a trace.
    @Test func addingAndRemovingLeavesTheRest() throws {
        var generator = SeededGenerator(seed: 22)
        var undone = 0
        for _ in 0..<2_000 {
            let file = SourceFile(name: "r", text: RandomText.document(&generator))
            guard let document = Parser.parse(file).document, let root = document.root else { continue }
            var editor = DocumentEditor(document)
            let (path, _) = generator.pick(RandomText.maps(root))
            let target = path.appending("added key")
            do {
                try editor.set(target, to: RandomValue.value(&generator, depth: 2))
            } catch {
                // A block scalar at the end of a text without a final newline would gain one.
                #expect(file.bytes.last != 0x0A && error.diagnostics.first?.id == "YAML035")
                continue
            }
            try editor.remove(target)
            if editor.bytes == file.bytes { undone += 1 }
            let leaves = RandomText.leaves(root)
            guard !leaves.isEmpty else { continue }
            let leaf = generator.pick(leaves).0
            do { try editor.remove(leaf) } catch {
                let problems = TextRenderer().render(error.diagnostics)
                Issue.record(
                    "removing \(leaf): \(problems)\n\(String(decoding: editor.bytes, as: UTF8.self))"
                )
            }
        }
        #expect(undone > 1_500)
    }

    /// An item added to a list leaves every byte of the text where it was, but for what is put in at one place.
    @Test func addingAnItemOnlyInserts() throws {
        var generator = SeededGenerator(seed: 24)
        var inserted = 0
        for round in 0..<3_000 {
            let file = SourceFile(name: "r", text: RandomText.document(&generator))
            guard let document = Parser.parse(file).document, let root = document.root else { continue }
            let lists = RandomText.lists(root).filter { !($0.1.sequence ?? []).isEmpty }
            guard !lists.isEmpty else { continue }
            let (path, node) = generator.pick(lists)
            var editor = DocumentEditor(document)
            do {
                try editor.append(RandomValue.value(&generator, depth: 2), to: path)
            } catch {
                #expect(file.bytes.last != 0x0A && error.diagnostics.first?.id == "YAML035")
                continue
            }
            inserted += 1
            let after = editor.bytes
            let head = zip(file.bytes, after).prefix { $0 == $1 }.count
            let tail = zip(file.bytes.reversed(), after.reversed()).prefix { $0 == $1 }.count
            #expect(head + tail >= file.bytes.count, "round \(round) \(path)\n\(file.text(in: 0..<file.bytes.count))")
            let count = node.sequence?.count ?? 0
            #expect(editor.document.root.map(RandomText.lists)?.first { $0.0 == path }?.1.sequence?.count == count + 1)
            try editor.remove(YAMLPath(path.segments + [.index(count)]))
            #expect(editor.document.root.map(RandomText.leaves)?.count == RandomText.leaves(root).count)
        }
        #expect(inserted > 500)
    }

    /// A list or map replaced as a whole leaves every byte outside it as it was, and so does a key renamed.
    @Test func replacingACollectionChangesOnlyIt() throws {
        var generator = SeededGenerator(seed: 25)
        var replaced = 0
        for round in 0..<3_000 {
            let file = SourceFile(name: "r", text: RandomText.document(&generator))
            guard let document = Parser.parse(file).document, let root = document.root else { continue }
            let places = (RandomText.lists(root) + RandomText.maps(root)).filter { !$0.0.segments.isEmpty }
            guard !places.isEmpty else { continue }
            let (path, node) = generator.pick(places)
            var editor = DocumentEditor(document)
            do {
                try editor.set(path, to: .list([.string("one"), .map(["k": .string(RandomValue.string(&generator))])]))
            } catch {
                #expect(error.diagnostics.first?.id == "YAML035")
                #expect(editor.bytes == file.bytes)
                continue
            }
            replaced += 1
            let head = zip(file.bytes, editor.bytes).prefix { $0 == $1 }.count
            // A block begins on the line below its key, a flow list behind it: white space between them may go, and a
            // comment behind the value stands behind the key then.
            let key = file.bytes[..<node.span.range.lowerBound].lastIndex { $0 != 0x20 && !$0.isBreak } ?? 0
            #expect(head > key || file.bytes == editor.bytes, "round \(round) \(path)")
            let end = file.lineRange(file.line(at: node.span.range.upperBound)).upperBound
            #expect(editor.bytes.suffix(file.bytes.count - end).elementsEqual(file.bytes[end...]), "round \(round)")
            // What stands behind the last item of a block is about that item, and goes with it.
            let lines = file.line(at: node.span.range.lowerBound)...file.line(at: node.span.range.upperBound)
            let outside = document.comments.filter { !lines.contains($0.start.line) }.map {
                $0.text.filter { $0 != "\r" }
            }
            let kept = editor.document.comments.map { $0.text.filter { $0 != "\r" } }
            #expect(outside.allSatisfy { kept.contains($0) }, "round \(round) \(path): a comment got lost")
        }
        #expect(replaced > 1_000)
    }

    @Test func renamingAKeyChangesOnlyIt() throws {
        var generator = SeededGenerator(seed: 26)
        var renamed = 0
        for _ in 0..<2_000 {
            let file = SourceFile(name: "r", text: RandomText.document(&generator))
            guard let document = Parser.parse(file).document, let root = document.root else { continue }
            let leaves = RandomText.leaves(root).filter { if case .key = $0.0.segments.last { true } else { false } }
            guard !leaves.isEmpty else { continue }
            let path = generator.pick(leaves).0
            let parent = RandomText.maps(root).first { $0.0 == path.parent }?.1
            guard case .key(let name)? = path.segments.last, let entry = parent?.entry(forKey: name) else { continue }
            var editor = DocumentEditor(document)
            try editor.rename(path, to: "a new: name")
            renamed += 1
            let range = entry.key.span.range
            #expect(editor.bytes.starts(with: file.bytes[..<range.lowerBound]))
            let suffix = file.bytes[range.upperBound...]
            #expect(editor.bytes.suffix(suffix.count).elementsEqual(suffix))
            #expect(editor.document.root.map(RandomText.leaves)?.count == RandomText.leaves(root).count)
        }
        #expect(renamed > 1_000)
    }

    @Test func mutatedBytesNeverCrash() throws {
        var generator = SeededGenerator(seed: 23)
        let seeds = try ["valid", "invalid"].flatMap { try Golden.files(in: $0, endings: ["yaml"]) }
            .map { try Golden.bytes($0) }.filter { $0.count < 2_000 }
        let special = Array("\t\n\r :-[]{},&*!|>'\"%@`#?<~\\\u{0}\u{FEFF}\u{85}\u{2028}é".utf8)
        var readable = 0
        for _ in 0..<25_000 {
            var bytes = generator.pick(seeds)
            for _ in 0...generator.below(4) {
                let place = generator.below(bytes.count + 1)
                switch generator.below(4) {
                case 0: bytes.insert(generator.pick(special), at: place)
                case 1: if place < bytes.count { bytes.remove(at: place) }
                case 2: if place < bytes.count { bytes[place] = UInt8(generator.below(256)) }
                default:
                    let other = generator.pick(seeds)
                    bytes.insert(contentsOf: other.prefix(generator.below(other.count + 1)), at: place)
                }
            }
            let file = SourceFile(name: "m", bytes: bytes)
            let result = Parser.parse(file)
            for diagnostic in result.diagnostics {
                let range = try #require(diagnostic.span?.range)
                #expect(range.lowerBound >= 0 && range.upperBound <= bytes.count && !diagnostic.message.isEmpty)
            }
            #expect(result.document != nil || result.hasErrors)
            if generator.chance(20) { _ = TextRenderer().render(result.diagnostics) }
            guard let document = result.document, let root = document.root, !result.hasErrors else { continue }
            readable += 1
            _ = document.comments
            var editor = DocumentEditor(document)
            let leaves = RandomText.leaves(root)
            guard !leaves.isEmpty else { continue }
            // A change may be refused, for an alias for example, but never crash or change the text half.
            do { try editor.set(generator.pick(leaves).0, to: .typed("new")) } catch { #expect(editor.bytes == bytes) }
        }
        #expect(readable > 1_500)
    }
}

extension UInt8 {
    fileprivate var isBreak: Bool { self == 0x0A || self == 0x0D }
}

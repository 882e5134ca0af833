import Foundation
import TestSupport
import Testing

/// Compares with a file of the cases; see `TestSupport.expectGolden`.
func expectGolden(_ actual: String, _ path: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    try expectGolden(actual, at: Cases.folder.appendingPathComponent(path), sourceLocation: sourceLocation)
}

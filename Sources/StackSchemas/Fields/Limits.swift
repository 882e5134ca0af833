/// What a field demands beyond its type: bounds of a number, the number of items of a list or map.
public struct Limits: Sendable, Hashable {
    /// The smallest number.
    public var minimum: Double?
    /// The largest number.
    public var maximum: Double?
    /// The only numbers allowed.
    public var choices: [Int]?
    /// The least number of items.
    public var minimumCount: Int?
    /// The greatest number of items.
    public var maximumCount: Int?
    /// Whether an item may occur only once.
    public var isUnique = false

    /// Nothing beyond the type.
    public static let none = Limits()

    /// A whole number in a range.
    public static func range(_ range: ClosedRange<Int>) -> Limits {
        Limits(minimum: Double(range.lowerBound), maximum: Double(range.upperBound))
    }

    /// A number not below a bound.
    public static func atLeast(_ minimum: Int) -> Limits { Limits(minimum: Double(minimum)) }

    /// One of these whole numbers.
    public static func oneOf(_ choices: Int...) -> Limits { Limits(choices: choices) }

    /// A number of items; `unique` says that no item may occur twice.
    public static func count(_ range: ClosedRange<Int>, unique: Bool = false) -> Limits {
        Limits(minimumCount: range.lowerBound, maximumCount: range.upperBound, isUnique: unique)
    }

    /// Items that may occur only once.
    public static let unique = Limits(isUnique: true)

    /// A shape narrowed by these limits.
    func applied(to shape: Shape) -> Shape {
        switch shape {
        case .integer(let low, let high):
            if let choices { return .integerChoice(choices) }
            return .integer(minimum: minimum.map { Int($0) } ?? low, maximum: maximum.map { Int($0) } ?? high)
        case .number(let low, let high):
            return .number(minimum: minimum ?? low, maximum: maximum ?? high)
        case .list(let item, let low, let high, let unique):
            return .list(
                of: item, minimum: minimumCount.flatMap { $0 > 0 ? $0 : nil } ?? low, maximum: maximumCount ?? high,
                unique: unique || isUnique)
        case .map(let keys, let values, let high):
            return .map(keys: keys, values: values, maximum: maximumCount ?? high)
        case .boolean, .text, .choice, .integerChoice, .record:
            return shape
        }
    }
}

/// `DescribeAddresses`: the Elastic IP addresses of the region.
public struct DescribeAddressesInput: QueryOperation {
    /// The public addresses.
    public typealias Output = [String]
    /// EC2.
    public static let service = AWSService.ec2
    /// `DescribeAddresses`.
    public static let name = "DescribeAddresses"

    /// Makes the input.
    public init() {}

    var parameterForm: QueryParameters { QueryParameters() }

    func decode(_ result: XMLTree) throws -> [String] {
        result.list("addressesSet", member: "item").compactMap { $0.string("publicIp") }
    }
}

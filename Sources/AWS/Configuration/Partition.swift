/// A group of regions with its own accounts, ARNs and DNS names.
///
/// Source: the partition data that botocore publishes (`botocore/data/partitions.json`, 1.43).
public struct Partition: Sendable, Equatable {
    /// The second part of an ARN, such as `aws-cn`.
    public let id: String
    /// The DNS suffix of its endpoints, such as `amazonaws.com`.
    public let dnsSuffix: String
    /// The DNS suffix of endpoints that also speak IPv6.
    public let dualStackDNSSuffix: String
    /// The region that a service is in which the partition has once.
    public let globalRegion: String
    private let regionPrefixes: [String]

    /// The partition of a region; a region of no known form is taken for one of `aws`, as AWS's own tools do.
    public static func containing(region: String) -> Partition {
        others.first { partition in partition.regionPrefixes.contains { region.hasPrefix($0) } } ?? aws
    }

    private static let aws = Partition(
        id: "aws", dnsSuffix: "amazonaws.com", dualStackDNSSuffix: "api.aws", globalRegion: "us-east-1",
        regionPrefixes: [])

    private static let others = [
        Partition(
            id: "aws-cn", dnsSuffix: "amazonaws.com.cn", dualStackDNSSuffix: "api.amazonwebservices.com.cn",
            globalRegion: "cn-north-1",
            regionPrefixes: ["cn-"]),
        Partition(
            id: "aws-us-gov", dnsSuffix: "amazonaws.com", dualStackDNSSuffix: "api.aws", globalRegion: "us-gov-west-1",
            regionPrefixes: ["us-gov-"]),
        Partition(
            id: "aws-iso", dnsSuffix: "c2s.ic.gov", dualStackDNSSuffix: "api.aws.ic.gov",
            globalRegion: "us-iso-east-1",
            regionPrefixes: ["us-iso-"]),
        Partition(
            id: "aws-iso-b", dnsSuffix: "sc2s.sgov.gov", dualStackDNSSuffix: "api.aws.scloud",
            globalRegion: "us-isob-east-1",
            regionPrefixes: ["us-isob-"]),
        Partition(
            id: "aws-iso-e", dnsSuffix: "cloud.adc-e.uk", dualStackDNSSuffix: "api.cloud-aws.adc-e.uk",
            globalRegion: "eu-isoe-west-1",
            regionPrefixes: ["eu-isoe-"]),
        Partition(
            id: "aws-iso-f", dnsSuffix: "csp.hci.ic.gov", dualStackDNSSuffix: "api.aws.hci.ic.gov",
            globalRegion: "us-isof-south-1",
            regionPrefixes: ["us-isof-"]),
        Partition(
            id: "aws-eusc", dnsSuffix: "amazonaws.eu", dualStackDNSSuffix: "api.amazonwebservices.eu",
            globalRegion: "eusc-de-east-1",
            regionPrefixes: ["eusc-"]),
    ]
}

/// A service: its names and the way it speaks.
public struct AWSService: Sendable, Equatable {
    /// How requests and answers are written.
    public enum WireProtocol: Sendable, Equatable {
        /// Form parameters in, XML out.
        case query
        /// Form parameters in, XML out, with EC2's own list form and error document.
        case ec2Query
        /// XML over resource addresses.
        case restXML
        /// JSON over resource addresses.
        case restJSON
        /// JSON over one address; the operation stands in `X-Amz-Target`.
        case json11
    }

    /// The short name for people, such as `CloudFormation`.
    public let name: String
    /// The name in `AWS_ENDPOINT_URL_<ID>` (upper case) and in `services` sections (lower case).
    public let id: String
    /// The name in signatures.
    public let signingName: String
    /// How it speaks.
    public let wireProtocol: WireProtocol
    /// The version of its API, for the query protocols.
    let apiVersion: String
    /// The host names it has.
    let hosts: HostNames

    /// The host names of a service where they differ from `<prefix>.<region>.<suffix>`.
    struct HostNames: Sendable, Equatable {
        /// What stands before the region.
        let prefix: String
        /// What stands before the region on endpoints with FIPS 140 cryptography.
        let fipsPrefix: String
        /// The same in the partition `aws`, where it differs.
        var fipsPrefixAWS: String?
        /// The same in the partition `aws-us-gov`, where it differs.
        var fipsPrefixGovCloud: String?
        /// Whether dual-stack hosts have `dualstack` before the region and the ordinary suffix, as S3's do.
        var hasDualStackLabel = false
        /// Whether the partition has the service once.
        var isGlobal = false
    }

    /// AWS CloudFormation.
    public static let cloudFormation = AWSService(
        name: "CloudFormation", id: "cloudformation", signingName: "cloudformation", wireProtocol: .query,
        apiVersion: "2010-05-15",
        hosts: HostNames(
            prefix: "cloudformation", fipsPrefix: "cloudformation-fips", fipsPrefixGovCloud: "cloudformation"))

    /// AWS Security Token Service.
    public static let sts = AWSService(
        name: "STS", id: "sts", signingName: "sts", wireProtocol: .query, apiVersion: "2011-06-15",
        hosts: HostNames(prefix: "sts", fipsPrefix: "sts-fips", fipsPrefixGovCloud: "sts"))

    /// Amazon EC2.
    public static let ec2 = AWSService(
        name: "EC2", id: "ec2", signingName: "ec2", wireProtocol: .ec2Query, apiVersion: "2016-11-15",
        hosts: HostNames(prefix: "ec2", fipsPrefix: "ec2-fips", fipsPrefixGovCloud: "ec2"))

    /// Amazon S3.
    public static let s3 = AWSService(
        name: "S3", id: "s3", signingName: "s3", wireProtocol: .restXML, apiVersion: "2006-03-01",
        hosts: HostNames(prefix: "s3", fipsPrefix: "s3-fips", hasDualStackLabel: true))

    /// Amazon EKS.
    public static let eks = AWSService(
        name: "EKS", id: "eks", signingName: "eks", wireProtocol: .restJSON, apiVersion: "2017-11-01",
        hosts: HostNames(
            prefix: "eks", fipsPrefix: "eks-fips", fipsPrefixAWS: "fips.eks", fipsPrefixGovCloud: "eks"))

    /// Amazon SageMaker AI.
    public static let sageMaker = AWSService(
        name: "SageMaker", id: "sagemaker", signingName: "sagemaker", wireProtocol: .json11,
        apiVersion: "2017-07-24",
        hosts: HostNames(
            prefix: "api.sagemaker", fipsPrefix: "api.sagemaker-fips", fipsPrefixAWS: "api-fips.sagemaker",
            fipsPrefixGovCloud: "api-fips.sagemaker"))

    /// AWS IAM, which each partition has once.
    public static let iam = AWSService(
        name: "IAM", id: "iam", signingName: "iam", wireProtocol: .query, apiVersion: "2010-05-08",
        hosts: HostNames(prefix: "iam", fipsPrefix: "iam-fips", isGlobal: true))

    /// Service Quotas.
    public static let serviceQuotas = AWSService(
        name: "Service Quotas", id: "service_quotas", signingName: "servicequotas", wireProtocol: .json11,
        apiVersion: "2019-06-24",
        hosts: HostNames(
            prefix: "servicequotas", fipsPrefix: "servicequotas-fips", fipsPrefixGovCloud: "servicequotas"))

    /// AWS KMS.
    public static let kms = AWSService(
        name: "KMS", id: "kms", signingName: "kms", wireProtocol: .json11, apiVersion: "2014-11-01",
        hosts: HostNames(prefix: "kms", fipsPrefix: "kms-fips"))

    /// Amazon FSx.
    public static let fsx = AWSService(
        name: "FSx", id: "fsx", signingName: "fsx", wireProtocol: .json11, apiVersion: "2018-03-01",
        hosts: HostNames(prefix: "fsx", fipsPrefix: "fsx-fips"))

    /// The portal of IAM Identity Center, which hands out credentials for a login.
    public static let sso = AWSService(
        name: "IAM Identity Center", id: "sso", signingName: "awsssoportal", wireProtocol: .restJSON,
        apiVersion: "2019-06-10",
        hosts: HostNames(prefix: "portal.sso", fipsPrefix: "portal.sso-fips", fipsPrefixGovCloud: "portal.sso"))

    /// Every service that has calls here.
    public static let all: [AWSService] = [
        cloudFormation, sts, ec2, s3, eks, sageMaker, iam, serviceQuotas, kms, fsx, sso,
    ]

    /// The region that requests are signed for: a service that a partition has once is in one region of it.
    func signingRegion(_ region: String) -> String {
        hosts.isGlobal ? Partition.containing(region: region).globalRegion : region
    }

    /// The host of the service in a region.
    ///
    /// Source: the endpoint rules that botocore publishes for each service; a test compares them.
    func host(region: String, usesFIPS: Bool, usesDualStack: Bool) -> String {
        let partition = Partition.containing(region: region)
        if hosts.isGlobal {
            return partition.globalHost(
                hosts.prefix, fipsPrefix: hosts.fipsPrefix, usesFIPS: usesFIPS, usesDualStack: usesDualStack)
        }
        let prefix = usesFIPS ? fipsPrefix(in: partition, usesDualStack: usesDualStack) : hosts.prefix
        if hosts.hasDualStackLabel {
            return "\(prefix).\(usesDualStack ? "dualstack." : "")\(region).\(partition.dnsSuffix)"
        }
        return "\(prefix).\(region).\(usesDualStack ? partition.dualStackDNSSuffix : partition.dnsSuffix)"
    }

    private func fipsPrefix(in partition: Partition, usesDualStack: Bool) -> String {
        guard !usesDualStack else { return hosts.fipsPrefix }
        switch partition.id {
        case "aws": return hosts.fipsPrefixAWS ?? hosts.fipsPrefix
        case "aws-us-gov": return hosts.fipsPrefixGovCloud ?? hosts.fipsPrefix
        default: return hosts.fipsPrefix
        }
    }
}

import Foundation
import Testing

@testable import AWS

/// The request of every call, as text, beside `Cases/protocols`.
@Suite struct RequestGoldenTests {
    private static let awsEndpoint = Endpoint(
        url: HTTPURL(scheme: "https", host: "service.eu-central-1.amazonaws.com"), region: "eu-central-1",
        isCustom: false, source: "AWS")

    static let operations: [any AWSOperation] =
        [
            GetCallerIdentityInput(), assumeRole,
            AssumeRoleWithWebIdentityInput(
                roleARN: "arn:aws:iam::1:role/r", roleSessionName: "s", webIdentityToken: "a.b+c/d=",
                durationSeconds: 900),
            createStack, DescribeStacksInput(stackName: "s", nextToken: "n"),
            DescribeStackEventsInput(stackName: "s"), ListStackResourcesInput(stackName: "s", nextToken: "n n"),
            GetTemplateInput(stackName: "arn:aws:cloudformation:r:1:stack/s/u"),
            ValidateTemplateInput(templateURL: "https://b.s3.amazonaws.com/k?versionId=1"),
            DeleteStackInput(stackName: "s", retainResources: ["A", "B"], roleARN: "r", clientRequestToken: "t"),
            DescribeTypeInput(typeName: "AWS::SageMaker::Cluster"),
            DescribeAvailabilityZonesInput(zoneIDs: ["use1-az4"]),
            DescribeEKSClusterInput(clusterName: "a/b c"), DescribeHyperPodClusterInput(clusterName: "ml-\"cluster\""),
            ListHyperPodClustersInput(nameContains: "ml/", nextToken: nil),
            HeadBucketInput(bucket: "my-bucket", expectedBucketOwner: "123456789012"),
            CreateBucketInput(bucket: "my.dotted.bucket"), PutPublicAccessBlockInput(bucket: "my-bucket"),
            PutBucketEncryptionInput(bucket: "my-bucket", encryption: .kms(keyID: "arn:aws:kms:r:1:key/<k>&")),
            PutBucketVersioningInput(bucket: "my-bucket"),
            PutBucketPolicyInput(
                bucket: "my-bucket",
                policy: PutBucketPolicyInput.tlsOnly(bucket: "my-bucket", partition: .containing(region: "cn-north-1"))),
            PutObjectInput(
                bucket: "my-bucket", key: "templates/ä b+c%.yaml", body: Data("body".utf8), contentType: "text/yaml",
                encryption: .kms(keyID: nil), isOnlyIfAbsent: true, expectedBucketOwner: "123456789012"),
            HeadObjectInput(bucket: "my-bucket", key: "k", versionID: "v+1"),
            GetObjectInput(bucket: "my-bucket", key: "a//b"),
            SimulatePrincipalPolicyInput(
                policySourceARN: "arn:aws:iam::1:role/p/r", actionNames: ["ec2:CreateVpc", "iam:PassRole"], marker: "m"),
            GetRoleInput(roleName: "a+b=c,d.@-_"), DescribeKeyInput(keyID: "alias/a"),
            ListServiceQuotasInput(serviceCode: "sagemaker", nextToken: "n"),
            ListAWSDefaultServiceQuotasInput(serviceCode: "sagemaker"),
            GetServiceQuotaInput(serviceCode: "vpc", quotaCode: "L-DF5E4CA3"),
            DescribeFileSystemsInput(fileSystemIDs: ["fs-1"]),
            DescribeDataRepositoryAssociationsInput(associationIDs: ["dra-1"], nextToken: "n"),
            DescribeInstanceTypeOfferingsInput(instanceTypes: ["g5.xlarge", "t3.large"], nextToken: "n"),
            DescribeVpcsInput(vpcIDs: ["vpc-1"], nextToken: "n"), DescribeSubnetsInput(subnetIDs: ["s-1", "s-2"]),
            DescribeSecurityGroupsInput(groupIDs: ["sg-1"]), DescribeAddressesInput(),
            DescribeNetworkInterfacesInput(nextToken: "n"),
        ] + GovernanceRequests.operations + ChangeSetRequests.operations

    private static var assumeRole: AssumeRoleInput {
        var input = AssumeRoleInput(roleARN: "arn:aws:iam::1:role/r", roleSessionName: "s@x")
        input.externalID = "e"
        input.durationSeconds = 3_600
        input.serialNumber = "m"
        input.tokenCode = "000123"
        return input
    }

    static var createStack: CreateStackInput {
        CreateStackInput(
            stackName: "ml-cluster", templateBody: "A: \"ü + % & =\"\n\t~\r\n", templateURL: nil,
            parameters: [StackParameter(key: "P", value: "")],
            capabilities: ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"],
            tags: [StackTag(key: "team", value: "ml platform"), StackTag(key: "a", value: "b")],
            clientRequestToken: "t-1", onFailure: .doNothing, timeoutInMinutes: 90, enableTerminationProtection: true,
            roleARN: "arn:aws:iam::1:role/cfn", notificationARNs: ["arn:aws:sns:r:1:t"], stackPolicyBody: "{}")
    }

    @Test(arguments: operations.indices)
    func requestIsAsRecorded(index: Int) throws {
        try check(Self.operations[index])
    }

    @Test func everyRecordingHasItsCall() throws {
        let recorded = try Cases.names(in: "protocols", ending: "request.txt")
        #expect(recorded == Self.operations.map(Self.fileName).sorted())
    }

    private func check(_ operation: some AWSOperation) throws {
        let request = operation.makeRequest(to: Self.awsEndpoint)
        #expect(request == operation.makeRequest(to: Self.awsEndpoint))
        let headers = request.headers.fields.map { "\($0.name): \($0.value)\n" }.joined()
        let body = String(decoding: request.body, as: UTF8.self).replacing("&", with: "\n&")
        let text = "\(request.method) \(request.url)\n\(headers)\n\(body)\n"
        try expectGolden(text, "protocols/\(Self.fileName(operation)).request.txt")
    }

    private static func fileName(_ operation: any AWSOperation) -> String {
        let type = type(of: operation)
        return "\(type.service.id)-\(type.name)"
    }
}

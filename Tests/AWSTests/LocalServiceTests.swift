import Foundation
import Testing

@testable import AWS

/// A whole round against the local AWS:
///
///     scripts/local-aws start
///     STACKGEN_TEST_ENDPOINT=http://127.0.0.1:5199 swift test --filter LocalServiceTests
@Suite(
    .enabled(
        if: ProcessInfo.processInfo.environment["STACKGEN_TEST_ENDPOINT"] != nil,
        "set STACKGEN_TEST_ENDPOINT to the address of the local AWS"),
    .serialized, .timeLimit(.minutes(2)))
struct LocalServiceTests {
    private let client: AWSClient
    private let suffix = String(UInt32.random(in: 0...UInt32.max), radix: 36)

    init() throws {
        let variables = ProcessInfo.processInfo.environment.merging(
            ["AWS_ACCESS_KEY_ID": "AKIDTEST", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_SESSION_TOKEN": "token"]
        ) { $1 }
        let host = HostEnvironment.live(variables: variables)
        let options = ClientOptions(
            region: Sourced("eu-central-1", source: "test"), endpointURL: variables["STACKGEN_TEST_ENDPOINT"])
        client = AWSClient(
            configuration: try ClientConfiguration(resolving: options, host: host), host: host,
            transport: URLSessionTransport())
    }

    @Test func knowsTheCaller() async throws {
        let identity = try await client.send(GetCallerIdentityInput())
        #expect(identity.account.count == 12)
        #expect(identity.arn.hasPrefix("arn:aws:"))
    }

    @Test func assumesRoles() async throws {
        let input = AssumeRoleInput(roleARN: "arn:aws:iam::123456789012:role/r", roleSessionName: "s")
        let credentials = try await client.send(input).credentials(source: "test")
        #expect(credentials.sessionToken?.isEmpty == false)
        #expect(credentials.expiration.map { $0 > Date() } == true)
        #expect(credentials.accountID == "123456789012")
    }

    @Test func listsZonesAndClusters() async throws {
        let zones = try await client.send(DescribeAvailabilityZonesInput())
        #expect(zones.contains { $0.name == "eu-central-1a" && $0.id.hasPrefix("euc1-az") })
        #expect(try await client.send(ListHyperPodClustersInput()).nextToken == nil)
        let eks = await #expect(throws: AWSServiceError.self) {
            try await client.send(DescribeEKSClusterInput(clusterName: "none"))
        }
        #expect(eks?.code == "ResourceNotFoundException")
        let hyperPod = await #expect(throws: AWSServiceError.self) {
            try await client.send(DescribeHyperPodClusterInput(clusterName: "none"))
        }
        #expect(hyperPod?.status == 400)
    }

    @Test func storesObjects() async throws {
        let bucket = "stackgen-test-\(suffix)"
        let missing = await #expect(throws: AWSServiceError.self) {
            try await client.send(HeadBucketInput(bucket: bucket))
        }
        #expect(missing?.status == 404)
        _ = try await client.send(CreateBucketInput(bucket: bucket))
        _ = try await client.send(PutPublicAccessBlockInput(bucket: bucket))
        _ = try await client.send(PutBucketEncryptionInput(bucket: bucket))
        _ = try await client.send(PutBucketVersioningInput(bucket: bucket))
        _ = try await client.send(HeadBucketInput(bucket: bucket))

        let key = "templates/ü + %41&b=c/größe.yaml"
        let body = Data((0...255).map { UInt8($0) } + Array("日本\r\n".utf8))
        let put = try await client.send(PutObjectInput(bucket: bucket, key: key, body: body))
        #expect(put.versionID != nil)
        #expect(put.serverSideEncryption == "AES256")
        let head = try await client.send(HeadObjectInput(bucket: bucket, key: key))
        #expect(head.contentLength == body.count)
        #expect(head.eTag == put.eTag)
        let got = try await client.send(GetObjectInput(bucket: bucket, key: key, versionID: put.versionID))
        #expect(got.body == body)
        let none = await #expect(throws: AWSServiceError.self) {
            try await client.send(HeadObjectInput(bucket: bucket, key: "none"))
        }
        #expect(none?.code == "NotFound")

        // The local AWS takes its own plain address for TLS, so this shows only that the policy is accepted.
        let policy = PutBucketPolicyInput.tlsOnly(bucket: bucket, partition: client.configuration.partition)
        _ = try await client.send(PutBucketPolicyInput(bucket: bucket, policy: policy))
        _ = try await client.send(PutObjectInput(bucket: bucket, key: "k", body: body))
    }

    @Test func makesFollowsReadsAndDeletesAStack() async throws {
        let name = "stackgen-test-\(suffix)"
        let template = """
            # Ünïcode, quotes " ' and a trailing space \n\
            AWSTemplateFormatVersion: '2010-09-09'
            Description: "a & b <c> + % 日本"
            Resources:
              Store:
                Type: AWS::S3::Bucket
            Outputs:
              Name:
                Value: !Ref Store

            """
        #expect(try await client.stack(name) == nil)
        #expect(try await client.send(ValidateTemplateInput(templateBody: template)).parameterKeys.isEmpty)
        let input = CreateStackInput(
            stackName: name, templateBody: template, capabilities: ["CAPABILITY_NAMED_IAM"],
            tags: [StackTag(key: "tool", value: "a & b")], clientRequestToken: "token-\(suffix)", onFailure: .rollback)
        let id = try await client.send(input).stackID

        let created = try await follow(StackWaiter(goal: .creation, stackID: id))
        #expect(created.stack?.status == .createComplete)
        #expect(created.stack?.tags == [StackTag(key: "tool", value: "a & b")])
        let ofStack = created.events.filter(\.isOfStackItself)
        #expect(ofStack.map(\.stackStatus) == [.createInProgress, .createComplete])
        #expect(created.events.first?.isOfStackItself == true)
        #expect(created.events.last?.isOfStackItself == true)
        #expect(created.events.contains { $0.resourceType == "AWS::S3::Bucket" })
        #expect(created.events.allSatisfy { $0.date != nil })
        #expect(try await client.send(GetTemplateInput(stackName: id)) == template)
        #expect(try await client.stackResources(of: id).map(\.resourceType) == ["AWS::S3::Bucket"])
        #expect(try await client.stacks().contains { $0.id == id })
        // The same token is the same call, another one is a second stack of the name.
        #expect(try await client.send(input).stackID == id)
        var other = input
        other.clientRequestToken = "other-\(suffix)"
        let again = await #expect(throws: AWSServiceError.self) { try await client.send(other) }
        #expect(again?.code == "AlreadyExistsException")

        let known = try await client.latestStackEventID(of: id)
        _ = try await client.send(DeleteStackInput(stackName: id))
        let deleted = try await follow(StackWaiter(goal: .deletion, stackID: id, knownEventID: known))
        #expect(deleted.stack == nil || deleted.stack?.status == .deleteComplete)
        #expect(try await client.stack(name) == nil)
    }

    private func follow(_ waiter: StackWaiter) async throws -> (events: [StackEvent], stack: Stack?) {
        var waiter = waiter
        waiter.pollInterval = .milliseconds(200)
        waiter.quietPolls = 2
        waiter.timeout = .seconds(30)
        var events: [StackEvent] = []
        for try await update in waiter.updates(from: client, pacing: .live) {
            switch update {
            case .event(let event): events.append(event)
            case .interruption(let reason, _): Issue.record("\(reason)")
            case .finished(let stack): return (events, stack)
            }
        }
        Issue.record("the stream ended without an end of the stack")
        return (events, nil)
    }
}

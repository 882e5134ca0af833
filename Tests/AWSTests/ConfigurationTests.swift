import Foundation
import Testing

@testable import AWS

@Suite struct ConfigurationTests {
    private let world = FixedWorld()

    struct Host: Decodable {
        let service: String
        let region: String
        let fips: Bool
        let dual_stack: Bool
        let host: String
        let signing_region: String
    }

    /// `Cases/endpoints/generate_endpoints.py` asks botocore's endpoint rules.
    @Test func hostsAreThoseOfBotocore() throws {
        let lines = try Cases.lines("endpoints/endpoints.jsonl", as: Host.self)
        #expect(Set(lines.map(\.service)) == Set(AWSService.all.map(\.id)))
        for line in lines {
            let service = try #require(AWSService.all.first { $0.id == line.service })
            let host = service.host(region: line.region, usesFIPS: line.fips, usesDualStack: line.dual_stack)
            #expect(host == line.host)
            #expect(service.signingRegion(line.region) == line.signing_region)
        }
    }

    @Test func regionComesFromTheFirstPlaceThatHasOne() throws {
        let config = "[default]\nregion = eu-west-1\n[profile p]\nregion = eu-west-2\n"
        func region(_ variables: [String: String], _ options: ClientOptions = ClientOptions()) throws -> Sourced<String>
        {
            try resolve(options, variables, config: config).region
        }
        #expect(try region([:]) == Sourced("eu-west-1", source: "`region` of profile default, /home/u/.aws/config:2"))
        #expect(
            try region([:], ClientOptions(profile: "p"))
                == Sourced("eu-west-2", source: "`region` of profile p, /home/u/.aws/config:4"))
        #expect(try region(["AWS_DEFAULT_REGION": "us-west-1"]).source == "AWS_DEFAULT_REGION")
        #expect(try region(["AWS_DEFAULT_REGION": "us-west-1", "AWS_REGION": "us-west-2"]).value == "us-west-2")
        let option = Sourced("ap-south-1", source: "config.yaml")
        #expect(try region(["AWS_REGION": "us-west-2"], ClientOptions(region: option)) == option)
    }

    @Test func settingsThatCannotBeUsedAreErrors() {
        let secure = Sourced("us-east-1", source: "t")
        expect(.regionMissing, ClientOptions())
        expect(.regionInvalid("evil.example/", source: "AWS_REGION"), ClientOptions(), ["AWS_REGION": "evil.example/"])
        expect(.profileMissing("nope", source: "--profile"), ClientOptions(region: secure, profile: "nope"))
        expect(.profileMissing("no", source: "AWS_PROFILE"), ClientOptions(region: secure), ["AWS_PROFILE": "no"])
        expect(
            .endpointInsecure("http://10.0.0.1", source: "--endpoint-url"),
            ClientOptions(region: secure, endpointURL: "http://10.0.0.1"))
        expect(
            .endpointInvalid("localhost:5055", source: "AWS_ENDPOINT_URL"), ClientOptions(region: secure),
            ["AWS_ENDPOINT_URL": "localhost:5055"])
        expect(
            .valueInvalid(
                name: "the number of attempts", source: "AWS_MAX_ATTEMPTS", expected: "a whole number from 1 to 100"),
            ClientOptions(region: secure), ["AWS_MAX_ATTEMPTS": "0"])
        expect(
            .valueInvalid(
                name: "the time for an attempt", source: "STACKGEN_ATTEMPT_TIMEOUT",
                expected: "seconds from 0.1 to 3600"),
            ClientOptions(region: secure), ["STACKGEN_ATTEMPT_TIMEOUT": "0"])
        expect(
            .valueInvalid(
                name: "the retry mode", source: "AWS_RETRY_MODE", expected: "standard, adaptive or legacy"),
            ClientOptions(region: secure), ["AWS_RETRY_MODE": "wild"])
        expect(
            .valueInvalid(name: "the setting", source: "AWS_USE_FIPS_ENDPOINT", expected: "true or false"),
            ClientOptions(region: secure), ["AWS_USE_FIPS_ENDPOINT": "yes"])
    }

    @Test func theNumberOfAttemptsFollowsTheMode() throws {
        let region = ClientOptions(region: Sourced("us-east-1", source: "t"))
        func attempts(_ variables: [String: String]) throws -> Int {
            try resolve(region, variables).maximumAttempts
        }
        #expect(try attempts([:]) == 3)
        #expect(try attempts(["AWS_RETRY_MODE": "adaptive"]) == 3)
        #expect(try attempts(["AWS_RETRY_MODE": "legacy"]) == 5)
        #expect(try attempts(["AWS_RETRY_MODE": "legacy", "AWS_MAX_ATTEMPTS": "2"]) == 2)
    }

    @Test func plainHTTPIsAllowedToThisMachineOrWhenAskedFor() throws {
        let region = Sourced("us-east-1", source: "t")
        for url in ["http://127.0.0.1:5055", "http://localhost", "http://[::1]:80"] {
            let resolved = try resolve(ClientOptions(region: region, endpointURL: url))
            #expect(resolved.endpoint(for: .sts).isCustom)
        }
        let options = ClientOptions(region: region, endpointURL: "http://10.0.0.1", allowsPlainHTTP: true)
        #expect(try resolve(options).endpoint(for: .s3).url.host == "10.0.0.1")
    }

    @Test func endpointsHaveTheOrderOfTheAWSCLI() throws {
        let config = """
            [default]
            region = us-east-1
            services = s
            endpoint_url = https://profile
            [services s]
            s3 =
              endpoint_url = https://section
            """
        func hosts(_ variables: [String: String], _ option: String? = nil) throws -> [String] {
            let resolved = try resolve(ClientOptions(endpointURL: option), variables, config: config)
            return [AWSService.s3, .cloudFormation].map { resolved.endpoint(for: $0).url.host }
        }
        let all = ["AWS_ENDPOINT_URL": "https://global", "AWS_ENDPOINT_URL_CLOUDFORMATION": "https://cfn"]
        let ignoring = all.merging(["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"]) { $1 }
        #expect(try hosts([:]) == ["section", "profile"])
        #expect(try hosts(all) == ["global", "cfn"])
        #expect(try hosts(all, "https://option") == ["option", "option"])
        #expect(try hosts(ignoring) == ["s3.us-east-1.amazonaws.com", "cloudformation.us-east-1.amazonaws.com"])
        #expect(try hosts(ignoring, "https://option") == ["option", "option"])
    }

    @Test func missingServicesSectionIsAnError() {
        #expect(throws: ConfigurationError.sectionMissing("services s", profile: "default")) {
            try resolve(ClientOptions(), config: "[default]\nregion = us-east-1\nservices = s\n")
        }
    }

    private func resolve(
        _ options: ClientOptions, _ variables: [String: String] = [:], config: String = ""
    ) throws -> ClientConfiguration {
        let host = world.host(variables: variables, files: ["/home/u/.aws/config": config])
        return try ClientConfiguration(resolving: options, host: host)
    }

    private func expect(
        _ error: ConfigurationError, _ options: ClientOptions, _ variables: [String: String] = [:],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(throws: error, sourceLocation: sourceLocation) { try resolve(options, variables) }
        #expect(!error.description.isEmpty, sourceLocation: sourceLocation)
    }
}

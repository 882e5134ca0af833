extension AWSClient {
    /// Every quota of a service: the account's own value, or else AWS's default.
    ///
    /// - Parameters:
    ///   - serviceCode: the service, such as `sagemaker`.
    ///   - names: the quotas that are needed, by their names. The defaults are only read when one of them is missing
    ///     from the account's.
    /// - Throws: as `send` does.
    public func quotas(of serviceCode: String, named names: Set<String>) async throws -> [String: ServiceQuota] {
        var found: [String: ServiceQuota] = [:]
        func keep(_ quotas: [ServiceQuota]) {
            for quota in quotas where names.contains(quota.quotaName) && found[quota.quotaName] == nil {
                found[quota.quotaName] = quota
            }
        }
        var applied = ListServiceQuotasInput(serviceCode: serviceCode)
        repeat {
            let page = try await send(applied)
            keep(page.quotas)
            applied.nextToken = page.nextToken
        } while applied.nextToken != nil && found.count < names.count
        guard found.count < names.count else { return found }

        var standard = ListAWSDefaultServiceQuotasInput(serviceCode: serviceCode)
        repeat {
            let page = try await send(standard)
            keep(page.quotas)
            standard.nextToken = page.nextToken
        } while standard.nextToken != nil && found.count < names.count
        return found
    }
}

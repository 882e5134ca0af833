import StackGen
import Testing

struct LogicalIDTests {
    @Test(arguments: [
        ("team-a", "TeamA"), ("use1-az4", "Use1Az4"), ("gpu", "Gpu"), ("a-b-c", "ABC"),
    ])
    func wordsBecomePascalCase(_ name: String, _ id: String) {
        #expect(LogicalID.make(from: name) == id)
    }

    @Test func noTwoNamesGiveTheSameID() {
        let names = [
            "team-a", "team_a", "Team-a", "TeamA", "teama", "team--a", "-team-a", "team-a-", "team a", "team-1a",
            "team1-a", "10.0.0.0/16", "10.0.0.0-16", "/data", "data", "data/", "équipe", "equipe", "", "-",
        ]
        let ids = names.map(LogicalID.make)
        #expect(Set(ids).count == names.count)
        for id in ids {
            #expect(id.utf8.allSatisfy { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || $0 >= 0x30 && $0 <= 0x39 })
        }
    }
}

using System.Globalization;
using System.Text.Json;

namespace Trama.EndToEnd.Tests;

/// <summary>LDAP of OpenLDAP; tshark is the judge, of operations, results and times.</summary>
public class LdapLiveTests
{
    // As tshark numbers them.
    private static readonly Dictionary<string, string> s_operations = new()
    {
        ["0"] = "bind",
        ["2"] = "unbind",
        ["3"] = "search",
        ["6"] = "modify",
        ["8"] = "add",
        ["10"] = "delete",
        ["12"] = "modifyDN",
        ["14"] = "compare",
        ["16"] = "abandon",
        ["23"] = "extended",
    };

    [Theory]
    [InlineData("ldap-zeek-aduser1.pcap")]
    [InlineData("ldap-zeek-ldap-add.pcap")]
    public async Task A_capture_is_told_as_tshark_tells_it(string name) => await AssertJudgedAsync(TestData.Shared($"protocols/{name}"));

    [Fact]
    public async Task What_clients_of_OpenLDAP_ask_is_traced_whole()
    {
        string add = TestData.Program("ldapadd"), search = TestData.Program("ldapsearch"), delete = TestData.Program("ldapdelete");
        string whoAmI = TestData.Program("ldapwhoami");
        await Captures.RequireLiveAsync();
        using var folder = new TemporaryFolder();
        int port = FreePorts.Next();
        await using TramaProcess server = await Slapd.StartAsync(folder, port);
        string[] at = ["-H", $"ldap://127.0.0.1:{port}/", "-x"], admin = [.. at, .. Slapd.Admin];
        string capture = await LiveCapture.OfAsync(folder, port, async () =>
        {
            string entries = "dn: dc=example\nobjectClass: dcObject\nobjectClass: organization\no: Example\ndc: example\n\n"
                + string.Concat(Enumerable.Range(0, 40).Select(i =>
                    $"dn: ou=unit{i},dc=example\nobjectClass: organizationalUnit\nou: unit{i}\n\n"));
            Assert.Equal(0, (await TramaProcess.RunAsync(add, admin, entries)).Code);
            Assert.Equal(0, (await TramaProcess.RunAsync(search, [.. at, "-b", "dc=example", "(objectClass=*)"])).Code);
            Assert.NotEqual(0, (await TramaProcess.RunAsync(search, [.. at, "-b", "dc=nowhere"])).Code);
            Assert.Equal(0, (await TramaProcess.RunAsync(delete, [.. admin, "ou=unit7,dc=example"])).Code);
            Assert.Equal(0, (await TramaProcess.RunAsync(whoAmI, admin)).Code);
            Assert.NotEqual(0, (await TramaProcess.RunAsync(whoAmI, [.. at, "-D", "cn=admin,dc=example", "-w", "wrong"])).Code);
        });
        string[] told = await AssertJudgedAsync(capture, port);
        Assert.Contains(told, line => line.EndsWith("client search dc=example -> 0 success", StringComparison.Ordinal));
        Assert.Contains(told, line => line.EndsWith("client search dc=nowhere -> 32 noSuchObject", StringComparison.Ordinal));
        Assert.Contains(told, line => line.EndsWith("client bind cn=admin,dc=example -> 49 invalidCredentials", StringComparison.Ordinal));
        Assert.DoesNotContain(told, line => line.Contains("hunter2", StringComparison.Ordinal) || line.Contains("wrong",
            StringComparison.Ordinal));
    }

    // Every request has the result that tshark finds under its number, and the time to the first reply.
    private static async Task<string[]> AssertJudgedAsync(string capture, params int[] ports)
    {
        List<ProtocolJudge.Unit> units = await ProtocolJudge.OfAsync(capture, "ldap", ports);
        string[] theirs = [.. units.Where(unit => unit["ldap.protocolOp"] is { } operation && s_operations.ContainsKey(operation))
            .Select(request =>
        {
            ProtocolJudge.Unit? result = units.Find(unit => unit["ldap.resultCode"] is not null && unit.Stream == request.Stream
                && unit["ldap.messageID"] == request["ldap.messageID"]);
            return $"{request.Stream} {s_operations[request["ldap.protocolOp"]!]} {result?["ldap.resultCode"]}";
        }).Order(StringComparer.Ordinal)];
        string[] told = await ProtocolTrace.OfAsync(capture, "ldap");
        IEnumerable<string> ours = told.Where(line => line.Contains(" client ", StringComparison.Ordinal)).Select(line =>
        {
            int arrow = line.IndexOf("-> ", StringComparison.Ordinal);
            return $"{line.Split(' ')[0]} {line.Split(' ')[2]} {line[(arrow + 3)..].Split(' ')[0]}";
        });
        Assert.NotEmpty(theirs);
        Assert.Equal(theirs, ours.Order(StringComparer.Ordinal));
        await AssertTimesAsync(capture, units);
        return told;
    }

    private static async Task AssertTimesAsync(string capture, List<ProtocolJudge.Unit> units)
    {
        using JsonDocument traced = JsonDocument.Parse((await TramaProcess.RunAsync(["trace", capture, "--json"])).Output);
        long[] theirs = [.. units.Select(unit => unit["ldap.time"]).OfType<string>().Select(Nanoseconds).Order()];
        long[] ours = [.. traced.RootElement.GetProperty("connections").EnumerateArray()
            .SelectMany(connection => connection.GetProperty("exchanges").EnumerateArray())
            .Where(exchange => exchange.TryGetProperty("protocol", out JsonElement protocol) && protocol.GetString() == "ldap"
                && exchange.TryGetProperty("serverNs", out _))
            .Select(exchange => exchange.GetProperty("serverNs").GetInt64() + (exchange.TryGetProperty("networkNs",
                out JsonElement network) ? network.GetInt64() : 0))
            .Order()];
        Assert.NotEmpty(ours);
        Assert.All(ours, time => Assert.Contains(theirs, other => Math.Abs(other - time) <= 1000));
    }

    private static long Nanoseconds(string seconds) => (long)(decimal.Parse(seconds, CultureInfo.InvariantCulture) * 1_000_000_000);
}

using System.Text.Json;

namespace Trama.EndToEnd.Tests;

/// <summary>SMB 2 of captures at hand; tshark is the judge.</summary>
public class SmbTests
{
    private static readonly string[] s_commands =
    [
        "NEGOTIATE", "SESSION_SETUP", "LOGOFF", "TREE_CONNECT", "TREE_DISCONNECT", "CREATE", "CLOSE", "FLUSH", "READ", "WRITE", "LOCK",
        "IOCTL",
        "CANCEL", "ECHO", "QUERY_DIRECTORY", "CHANGE_NOTIFY", "QUERY_INFO", "SET_INFO", "OPLOCK_BREAK",
    ];

    [Theory]
    [InlineData("zeek-smb-smb2_100_small_files.pcap")]
    [InlineData("zeek-dce-rpc-20-fids.pcap")]
    [InlineData("zeek-smb-smb311.pcap")]
    public async Task Each_command_has_the_status_that_tshark_finds_under_its_number(string name)
    {
        string capture = TestData.Shared($"captures/tcp/{name}");
        string[] packets = await ProtocolTrace.TsharkAsync(
            capture, "smb2", null, "tcp.stream", "smb2.cmd", "smb2.flags.response", "smb2.nt_status", "smb2.msg_id");
        var asked = new List<(string Stream, string Id, string Command)>();
        var ended = new Dictionary<(string Stream, string Id), bool>();
        foreach (string[] fields in packets.Select(line => line.Split('\t')).Where(fields => fields[1].Length > 0))
        {
            string[] commands = fields[1].Split(','), replies = fields[2].Split(','), ids = fields[4].Split(',');
            var statuses = new Queue<string>(fields[3].Split(',', StringSplitOptions.RemoveEmptyEntries));
            for (int i = 0; i < commands.Length; i++)
            {
                // Requests have no status.
                if (replies[i] is "1" or "True") ended[(fields[0], ids[i])] = statuses.Dequeue() == "0x00000000";
                else asked.Add((fields[0], ids[i], s_commands[int.Parse(commands[i], System.Globalization.CultureInfo.InvariantCulture)]));
            }
        }

        IEnumerable<string> theirs = asked.Select(one =>
            $"{one.Stream} {one.Command} {(ended.TryGetValue((one.Stream, one.Id), out bool isSuccess) ? $"{isSuccess}" : "")}");
        Assert.NotEmpty(asked);
        Assert.Equal(theirs.Order(StringComparer.Ordinal), await ToldAsync(capture));
    }

    private static async Task<string[]> ToldAsync(string capture)
    {
        using JsonDocument traced = JsonDocument.Parse((await TramaProcess.RunAsync(["trace", capture, "--json"])).Output);
        var lines = new List<string>();
        int connection = 0;
        foreach (JsonElement one in traced.RootElement.GetProperty("connections").EnumerateArray())
        {
            foreach (JsonElement exchange in one.GetProperty("exchanges").EnumerateArray())
            {
                if (!exchange.TryGetProperty("operation", out JsonElement operation)
                    || operation.GetString()!.StartsWith("SMB1", StringComparison.Ordinal)) continue;
                bool hasStatus = exchange.TryGetProperty("status", out JsonElement status);
                lines.Add($"{connection} {operation.GetString()} {(hasStatus ? $"{status.GetString() == "STATUS_SUCCESS"}" : "")}");
            }

            connection++;
        }

        return [.. lines.Order(StringComparer.Ordinal)];
    }
}

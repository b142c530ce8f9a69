using System.Security.Cryptography;
using System.Text.Json;

namespace Trama.Tracing.Tests.Accuracy;

/// <summary>Compares a trace with what tshark says of the same capture; see ../shared/captures/README.md for its files.</summary>
internal static class TsharkComparison
{
    private static readonly (string Name, Func<StreamCounters, long> Value)[] Counters =
    [
        ("packets", c => c.Packets + c.SecondSights),
        ("bytes_raw", c => c.PayloadBytes),
        ("bytes_seq", c => c.StreamBytes),
        ("retransmission", c => c.Retransmissions),
        ("fast_retransmission", c => c.FastRetransmissions),
        ("spurious_retransmission", c => c.SpuriousRetransmissions),
        ("out_of_order", c => c.OutOfOrder),
        ("duplicate_ack", c => c.DuplicateAcks),
        ("zero_window", c => c.ZeroWindows),
        ("lost_segment", c => c.Gaps),
        ("ack_lost_segment", c => c.AcksOfUnseen),
        ("keep_alive", c => c.KeepAlives),
        ("window_update", c => c.WindowUpdates),
        ("window_full", c => c.WindowFulls),
        ("zero_window_probe", c => c.ZeroWindowProbes),
        ("fin", c => c.Fin ? 1 : 0),
        ("rst", c => c.Rst ? 1 : 0),
    ];

    /// <summary>Every difference, one line each: connection, field, what we say, what tshark says.</summary>
    public static IEnumerable<string> Differences(RecordedTrace trace, string capture)
    {
        using JsonDocument conversations = JsonDocument.Parse(File.ReadAllBytes(capture + ".conv.json"));
        JsonElement[] theirs = [.. conversations.RootElement.EnumerateArray()];
        if (theirs.Length != trace.Connections.Count) yield return $"-\tconnections\t{trace.Connections.Count}\t{theirs.Length}";
        for (int i = 0; i < Math.Min(theirs.Length, trace.Connections.Count); i++)
        {
            foreach (string difference in Differences(trace.Connections[i], theirs[i])) yield return $"{i + 1}\t{difference}";
        }

        using JsonDocument streams = JsonDocument.Parse(File.ReadAllBytes(capture + ".streams.json"));
        foreach (JsonElement stream in streams.RootElement.EnumerateArray())
        {
            int index = stream.GetProperty("stream").GetInt32();
            if (index >= trace.Connections.Count) continue;
            Connection connection = trace.Connections[index];
            bool isSwapped = connection.Client.ToString() != stream.GetProperty("client").GetString();
            foreach ((string name, Side side) in new[] { ("c2s", Side.Client), ("s2c", Side.Server) })
            {
                Side from = isSwapped ? 1 - side : side;
                byte[] bytes = trace.Streams.GetValueOrDefault((connection.Id, from))?.ToArray() ?? [];
                string ours = $"{bytes.Length} {Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}";
                JsonElement their = stream.GetProperty(name);
                string said = $"{their.GetProperty("len").GetInt64()} {their.GetProperty("sha256").GetString()![..16]}";
                if (ours != said) yield return $"{index + 1}\tstream {name}\t{ours}\t{said} agree={their.GetProperty("agree")} "
                    + $"missing={their.GetProperty("missing")}";
                long missing = trace.Missing.GetValueOrDefault((connection.Id, from));
                long saidMissing = their.GetProperty("missing").GetInt64();
                if (missing != saidMissing) yield return $"{index + 1}\tmissing {name}\t{missing}\t{saidMissing}";
            }
        }
    }

    private static IEnumerable<string> Differences(Connection ours, JsonElement theirs)
    {
        (string client, string server) = (ours.Client.ToString(), ours.Server.ToString());
        string saidClient = theirs.GetProperty("client").GetString()!, saidServer = theirs.GetProperty("server").GetString()!;
        bool isSwapped = client == saidServer && server == saidClient && client != saidClient;
        if (isSwapped) yield return $"client\t{client}\t{saidClient}";
        else if (client != saidClient || server != saidServer) yield return $"endpoints\t{client} {server}\t{saidClient} {saidServer}";
        StreamCounters[] pair = isSwapped ? [ours.ToClient, ours.ToServer] : [ours.ToServer, ours.ToClient];
        foreach ((string name, Func<StreamCounters, long> value) in Counters)
        {
            string own = $"{value(pair[0])},{value(pair[1])}";
            string said = string.Join(',', theirs.GetProperty(name).EnumerateArray()
                .Select(element => element.ValueKind switch
                {
                    JsonValueKind.True => 1,
                    JsonValueKind.False => 0,
                    _ =>
                    element.GetInt64()
                }));
            if (own != said) yield return $"{name}\t{own}\t{said}";
        }
    }
}

using System.Text;
using Trama.Framing.Mysql;
using Trama.Framing.Tds;
using Trama.Replay.Adapting.Postgresql;

namespace Trama.Replay.Sending.Risks;

/// <summary>The statements within a request, as they were said: its words are cut short and without remarks.</summary>
internal static class SqlStatements
{
    // A packet's length and number (MySQL Client/Server Protocol, section "Protocol::Packet").
    private const int MysqlHeader = 4;

    /// <summary>The statements; none where the request has none, or where they cannot be told.</summary>
    public static List<string> Of(string? protocol, ReadOnlySpan<byte> said) => protocol switch
    {
        "postgresql" => OfPostgresql(said),
        "mysql" => OfMysql(said),
        "tds" => OfTds(said),
        _ => [],
    };

    // One request may hold several: whatever is said up to Sync has one reply.
    private static List<string> OfPostgresql(ReadOnlySpan<byte> said)
    {
        List<string> statements = [];
        for (var frames = new PostgresqlFrames(said); frames.TryNext();)
        {
            ReadOnlySpan<byte> body = frames.Body;
            if (frames.Type == (byte)'P') body = body[(body.IndexOf((byte)0) + 1)..];
            else if (frames.Type != (byte)'Q') continue;
            int end = body.IndexOf((byte)0);
            statements.Add(Encoding.UTF8.GetString(end < 0 ? body : body[..end]));
        }

        return statements;
    }

    private static List<string> OfMysql(ReadOnlySpan<byte> said)
    {
        if (said.Length <= MysqlHeader || said[MysqlHeader - 1] != 0) return [];
        ReadOnlySpan<byte> text = said[(MysqlHeader + 1)..];
        return said[MysqlHeader] switch
        {
            MysqlCommand.Query => [Encoding.UTF8.GetString(QueryAttributes.Text(text, null))],
            MysqlCommand.Prepare => [Encoding.UTF8.GetString(text)],
            _ => [],
        };
    }

    private static List<string> OfTds(ReadOnlySpan<byte> said)
    {
        if (said.Length < TdsHeader.Size || TdsHeader.Read(said).Type != TdsHeader.Batch) return [];
        List<byte> batch = [];
        while (said.Length >= TdsHeader.Size && TdsHeader.Read(said) is { Length: >= TdsHeader.Size } header)
        {
            batch.AddRange(said[TdsHeader.Size..Math.Min(said.Length, header.Length)]);
            said = said[Math.Min(said.Length, header.Length)..];
        }

        return [Encoding.Unicode.GetString(TdsText.WithoutHeaders(batch.ToArray()))];
    }
}

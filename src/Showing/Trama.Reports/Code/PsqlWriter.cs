using System.Buffers.Binary;
using System.Text;
using Trama.Framing;
using Trama.Framing.Http2.Fields;
using Trama.Tracing;

namespace Trama.Reports.Code;

/// <summary>A statement of PostgreSQL in psql's words; one with parameters is prepared and executed.</summary>
internal sealed class PsqlWriter(bool withCredentials) : ICodeWriter
{
    private const byte Query = (byte)'Q', Parse = (byte)'P', Bind = (byte)'B';
    private const int HeaderLength = 5;

    /// <inheritdoc/>
    public string Remark => "#";

    /// <inheritdoc/>
    public string? Write(Connection connection, Exchange exchange, IReadOnlyList<HeaderField> fields)
    {
        if (exchange.Protocol != "postgresql" || exchange.Request is not { IsHeadCut: false } request) return null;
        List<string> said = Statements(request.Head.Span, out bool isWhole);
        if (said.Count == 0 || !isWhole || !said.TrueForAll(CanBeSaid)) return null;
        // A statement that holds a secret is told in words that leave it out.
        if (!withCredentials && said.Any(statement => statement.Contains("password", StringComparison.OrdinalIgnoreCase)))
            said = [VisibleText.Of(exchange.Operation.Span)];
        var line = new StringBuilder("psql -X -h ").Append(ShellText.Quote($"{connection.Server.Address}"))
            .Append(" -p ").Append(ShellText.Number(connection.Server.Port));
        foreach (string statement in said) line.Append(" -c ").Append(ShellText.Quote(Plain(statement)));
        return line.ToString();
    }

    private static bool CanBeSaid(string statement) => ShellText.IsArgument(Encoding.UTF8.GetBytes(statement));

    // A backslash in front would be a command of psql's own; a space before it does not help, a comment does.
    private static string Plain(string statement) => statement.TrimStart().StartsWith('\\') ? "/**/" + statement : statement;

    private static List<string> Statements(ReadOnlySpan<byte> said, out bool isWhole)
    {
        List<string> statements = [];
        (string? prepared, isWhole) = (null, true);
        while (said.Length >= HeaderLength)
        {
            byte type = said[0];
            int length = BinaryPrimitives.ReadInt32BigEndian(said[1..]);
            if (length < 4 || length > said.Length - 1)
            {
                isWhole = false;
                break;
            }

            ReadOnlySpan<byte> body = said.Slice(HeaderLength, length - 4);
            if (type == Query) statements.Add(Text(ref body));
            else if (type == Parse)
            {
                _ = Text(ref body);
                prepared = Text(ref body);
            }
            else if (type == Bind) isWhole &= prepared is not null && TryBind(body, prepared, statements);
            said = said[(1 + length)..];
        }

        return statements;
    }

    private static bool TryBind(ReadOnlySpan<byte> body, string prepared, List<string> statements)
    {
        _ = Text(ref body);
        _ = Text(ref body);
        if (!TryCount(ref body, out int formats)) return false;
        List<bool> binary = [];
        for (int at = 0; at < formats; at++)
        {
            if (!TryCount(ref body, out int format)) return false;
            binary.Add(format == 1);
        }

        if (!TryCount(ref body, out int count)) return false;
        List<string> values = [];
        for (int at = 0; at < count; at++)
        {
            if (body.Length < 4) return false;
            int length = BinaryPrimitives.ReadInt32BigEndian(body);
            body = body[4..];
            if (length > body.Length) return false;
            bool isBinary = binary.Count == 1 ? binary[0] : at < binary.Count && binary[at];
            values.Add(length < 0 ? "NULL" : isBinary ? Number(body[..length]) : Literal(Encoding.UTF8.GetString(body[..length])));
            body = body[Math.Max(length, 0)..];
        }

        // A server takes one statement there and refuses more; psql would have them all executed.
        if (prepared.TrimEnd("; \t\r\n".ToCharArray()).Contains(';', StringComparison.Ordinal)) return false;
        if (values.Count == 0) statements.Add(prepared);
        else statements.AddRange([$"PREPARE trama AS {prepared}", $"EXECUTE trama({string.Join(", ", values)})", "DEALLOCATE trama"]);
        return true;
    }

    // What is sent in binary form has no type beside it: a whole number of 2, 4 or 8 bytes, else bytes.
    private static string Number(ReadOnlySpan<byte> value) => value.Length switch
    {
        2 => ShellText.Number(BinaryPrimitives.ReadInt16BigEndian(value)),
        4 => ShellText.Number(BinaryPrimitives.ReadInt32BigEndian(value)),
        8 => ShellText.Number(BinaryPrimitives.ReadInt64BigEndian(value)),
        _ => $"'\\x{Convert.ToHexString(value)}'",
    };

    // With E in front a backslash is one whatever the server is set to.
    private static string Literal(string value) => value.Contains('\\', StringComparison.Ordinal)
        ? $"E'{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'"
        : $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Text(ref ReadOnlySpan<byte> body)
    {
        int end = body.IndexOf((byte)0);
        string text = Encoding.UTF8.GetString(end < 0 ? body : body[..end]);
        body = end < 0 ? default : body[(end + 1)..];
        return text;
    }

    private static bool TryCount(ref ReadOnlySpan<byte> body, out int count)
    {
        count = 0;
        if (body.Length < 2) return false;
        count = BinaryPrimitives.ReadUInt16BigEndian(body);
        body = body[2..];
        return true;
    }
}

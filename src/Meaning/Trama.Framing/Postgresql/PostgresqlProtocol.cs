using System.Buffers.Binary;

namespace Trama.Framing.Postgresql;

/// <summary>PostgreSQL's frontend/backend protocol, version 3 (PostgreSQL documentation, chapter "Frontend/Backend Protocol").</summary>
internal sealed class PostgresqlProtocol : Protocol
{
    /// <inheritdoc/>
    public override string Name => "postgresql";

    /// <inheritdoc/>
    public override ReadOnlySpan<ushort> Ports => [5432, 6432];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Alpn => ["postgresql"];

    /// <inheritdoc/>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted)
    {
        if (speaker == Direction.ToServer && Startup(first) is var startup and not Likeness.No) return startup;
        return isHinted ? PostgresqlFrame.MayBegin(speaker, first) : PostgresqlFrame.IsStatement(speaker, first);
    }

    /// <inheritdoc/>
    public override ConnectionFraming Create()
    {
        var session = new PostgresqlSession();
        return new(Name, new PostgresqlRequestStream(session), new PostgresqlReplyStream(session));
    }

    // The first message has no type: its length, then the version 3.x or the code of a request.
    private static Likeness Startup(ReadOnlySpan<byte> first)
    {
        Span<byte> head = stackalloc byte[8];
        head.Clear();
        first[..Math.Min(first.Length, head.Length)].CopyTo(head);
        int length = BinaryPrimitives.ReadInt32BigEndian(head), code = BinaryPrimitives.ReadInt32BigEndian(head[4..]);
        if (first.Length < 8) return head[0] == 0 && head[1] == 0 && (first.Length < 5 || code >> 24 is 0 or 4)
            && (first.Length < 4 || length >= 8) ? Likeness.Open : Likeness.No;
        bool fits = code switch
        {
            StartupCode.Ssl or StartupCode.Gss => length == 8,
            StartupCode.Cancel => length is 16 or (>= 16 and <= 268),
            _ => StartupCode.IsVersion3(code) && length is >= 9 and <= PostgresqlFrame.MaxStartup,
        };
        // The name of a parameter follows, or the end: other protocols too begin with a length and the number 3.
        if (fits && StartupCode.IsVersion3(code)) return first.Length < 9 ? Likeness.Open : first[8] is (>= (byte)'a' and <= (byte)'z')
            or (byte)'_' || (first[8] == 0 && length == 9) ? Likeness.Yes : Likeness.No;
        return fits ? Likeness.Yes : Likeness.No;
    }
}

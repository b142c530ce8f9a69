using System.Buffers.Binary;
using System.Text;

namespace Trama.Replay.Adapting.Mysql;

/// <summary>Whether a live conversation is in a transaction, and whether each statement is one of its own: recorded replies tell how it was
/// then.</summary>
internal sealed class LiveTransaction
{
    private const ushort Followed = StatusFlags.InTransaction | StatusFlags.Autocommit;

    // They begin or end a transaction, some without saying so (MySQL, "Statements That Cause an Implicit Commit").
    private static readonly HashSet<string> Settling = new(StringComparer.OrdinalIgnoreCase)
    {
        "BEGIN", "START", "COMMIT", "ROLLBACK", "XA", "CREATE", "ALTER", "DROP", "TRUNCATE", "RENAME", "GRANT", "REVOKE", "LOCK", "UNLOCK",
        "ANALYZE", "OPTIMIZE", "REPAIR", "FLUSH", "LOAD", "CALL", "LOGIN", "PASSWORD", "CHANGE_USER", "RESET_CONNECTION",
    };

    // Without autocommit, they begin one.
    private static readonly HashSet<string> Touching =
        new(StringComparer.OrdinalIgnoreCase) { "SELECT", "INSERT", "UPDATE", "DELETE", "REPLACE", "WITH", "TABLE" };

    private ushort? _flags;

    /// <summary>Puts the flags of a reply right.</summary>
    /// <param name="reply">The reply, which is changed.</param>
    /// <param name="operation">What was asked when it was recorded.</param>
    /// <param name="prepares">Whether that was to prepare a statement.</param>
    public void PutRight(Span<byte> reply, ReadOnlySpan<byte> operation, bool prepares)
    {
        List<int> places = StatusFlags.In(reply, prepares);
        if (places.Count == 0) return;
        string words = Encoding.UTF8.GetString(operation), verb = words.Split(' ', 2)[0];
        ushort recorded = (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(reply[places[^1]..]) & Followed);
        bool settles = Settling.Contains(verb) || words.Contains("autocommit", StringComparison.OrdinalIgnoreCase);
        if (_flags is not { } live || settles) _flags = recorded;
        else if (!prepares && (live & StatusFlags.Autocommit) == 0 && Touching.Contains(verb)) _flags = (ushort)(live | 1);
        foreach (int place in places)
        {
            Span<byte> flags = reply.Slice(place, sizeof(ushort));
            int others = BinaryPrimitives.ReadUInt16LittleEndian(flags) & ~Followed;
            BinaryPrimitives.WriteUInt16LittleEndian(flags, (ushort)(others | _flags.Value));
        }
    }
}

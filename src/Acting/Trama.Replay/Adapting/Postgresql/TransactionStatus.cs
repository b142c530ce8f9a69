namespace Trama.Replay.Adapting.Postgresql;

/// <summary>The transaction status that ReadyForQuery tells (PostgreSQL, "Message Formats"): <c>I</c> outside of a transaction, <c>T</c> in
/// one, <c>E</c> in one that has failed.</summary>
internal static class TransactionStatus
{
    /// <summary>Outside of a transaction.</summary>
    public const byte Idle = (byte)'I';

    /// <summary>In one.</summary>
    public const byte InTransaction = (byte)'T';

    /// <summary>In one that has failed.</summary>
    public const byte Failed = (byte)'E';

    /// <summary>What behind a recorded reply is the status of a live connection.</summary>
    /// <param name="before">What it was before.</param>
    /// <param name="reply">The reply, or a part of it.</param>
    public static byte After(byte before, ReadOnlySpan<byte> reply)
    {
        byte? recorded = null;
        bool settles = false, fails = false;
        for (var frames = new PostgresqlFrames(reply); frames.TryNext();)
        {
            if (frames.Type == (byte)'Z' && frames.Body is [var status]) recorded = status;
            if (frames.Type == (byte)'C') settles |= Settles(frames.Body);
            fails |= frames.Type == (byte)'E';
        }

        // ROLLBACK TO a savepoint has the tag of ROLLBACK, and leaves the transaction open.
        if (settles && recorded is { } settled) return settled;
        return fails && before != Idle ? Failed : before;
    }

    /// <summary>Whether what is asked is done in a transaction that has failed, too.</summary>
    public static bool IsTakenByFailed(ReadOnlySpan<byte> operation) => Begins(operation, "ROLLBACK"u8) || Begins(operation, "COMMIT"u8)
        || Begins(operation, "ABORT"u8) || Begins(operation, "END"u8) || Begins(operation, "Terminate"u8) || Begins(operation, "Sync"u8);

    // Tags of CommandComplete.
    private static bool Settles(ReadOnlySpan<byte> tag) => Begins(tag, "BEGIN"u8) || Begins(tag, "START TRANSACTION"u8)
        || Begins(tag, "COMMIT"u8) || Begins(tag, "ROLLBACK"u8) || Begins(tag, "PREPARE TRANSACTION"u8);

    private static bool Begins(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) =>
        text.Length >= word.Length && System.Text.Ascii.EqualsIgnoreCase(text[..word.Length], word);
}

using Trama.Rows.Sql.Native;

namespace Trama.Rows.Sql;

/// <summary>What a question may take.</summary>
/// <param name="Time">How long, from its beginning to the last row.</param>
/// <param name="MemoryBytes">How much memory, in bytes.</param>
public sealed record QueryLimits(TimeSpan Time, long MemoryBytes)
{
    /// <summary>What is done when a question is not to be broken off, though it was tried: the process has to end.</summary>
    public required Action<SqlException> GiveUp { get; init; }

    /// <summary>How many rows of the answer are wanted; null for all.</summary>
    public long? Rows { get; init; }

    /// <summary>Breaks it off as well.</summary>
    public CancellationToken Stop { get; init; }

    internal QueryWatch Watch(Database database) => new(database, this);
}

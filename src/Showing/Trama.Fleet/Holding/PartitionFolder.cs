using System.Globalization;
using Trama.Fleet.Sending;
using Trama.Fleet.Storing;
using Trama.Rows;
using Trama.Rows.Journals;
using Trama.Rows.Parquet;
using Trama.Rows.Tables;

namespace Trama.Fleet.Holding;

/// <summary>The folder of a partition in a hub's store, and the names of what is in it.</summary>
/// <param name="Path">The folder.</param>
internal sealed record PartitionFolder(string Path)
{
    private const string Journal = ".rows";
    private const string RejectedExtension = ".rejected";

    /// <summary>That of a partition.</summary>
    public static PartitionFolder Of(string root, int partition) =>
        new(System.IO.Path.Combine(root, string.Create(CultureInfo.InvariantCulture, $"p{partition:D2}")));

    /// <summary>How many bytes its journals have.</summary>
    public long JournalBytes => new DirectoryInfo(Path).EnumerateFiles("*" + Journal).Sum(file => file.Length);

    /// <summary>A path of a name.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>A journal's name.</summary>
    public static string JournalName(Lease lease, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{lease}-{number:D6}{Journal}");

    /// <summary>The name of the file that has what could not be read.</summary>
    public static string RejectedName(Lease lease) => lease + RejectedExtension;

    /// <summary>Whether a file has what could not be read.</summary>
    public static bool IsRejected(string name) => name.EndsWith(RejectedExtension, StringComparison.Ordinal);

    /// <summary>A table's name, by the lease under which it is made, the journal of which, and the broker's stream from which its rows
    /// came.</summary>
    public static string TableName(Lease lease, string journal, long stream, FleetKind kind) => string.Create(CultureInfo.InvariantCulture,
        $"{lease}-of-{System.IO.Path.GetFileNameWithoutExtension(journal)}-{stream:x16}.{FleetTable.NameOf(kind)}")
        + RowFormat.Parquet.Extension;

    /// <summary>Whether a table has rows of a kind.</summary>
    public static bool IsOf(string table, FleetKind kind) =>
        table.EndsWith('.' + FleetTable.NameOf(kind) + RowFormat.Parquet.Extension, StringComparison.Ordinal);

    /// <summary>What is known of a table without reading it. Its rows arrived before it was made.</summary>
    public StoredFile Measure(string table)
    {
        var file = new FileInfo(this[table]);
        string kind = System.IO.Path.GetExtension(System.IO.Path.GetFileNameWithoutExtension(table)).TrimStart('.');
        long madeAt = file.Exists ? (file.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick : 0;
        return new StoredFile(table, kind, 0, 0, madeAt, file.Exists ? file.Length : 0);
    }

    /// <summary>Which messages a table has; null when it does not say so, or somebody took it away.</summary>
    public HeldRanges? RangesOf(string table) =>
        File.Exists(this[table]) ? HeldRanges.Parse(FooterReader.Read(this[table], RowSchema.CaptureKey)) : null;

    /// <summary>Takes away what could not be read under earlier leases, before a time.</summary>
    public void ClearRejected(Lease lease, DateTimeOffset before)
    {
        foreach (FileInfo file in new DirectoryInfo(Path).EnumerateFiles("*" + RejectedExtension))
            if (Lease.TryParse(file.Name, out Lease other) && other.CompareTo(lease) < 0 && file.LastWriteTimeUtc < before.UtcDateTime)
                file.Delete();
    }

    /// <summary>The journals of a lease, in order.</summary>
    public IEnumerable<string> JournalsOf(Lease lease) => Directory.EnumerateFiles(Path, lease + "-*" + Journal)
        .Select(path => System.IO.Path.GetFileName(path)).Order(StringComparer.Ordinal);

    /// <summary>Reads a journal's messages, as far as it counts.</summary>
    /// <param name="name">The journal.</param>
    /// <param name="length">How many of its bytes count.</param>
    /// <param name="message">Takes each.</param>
    /// <returns>How many bytes of whole messages there are.</returns>
    public long ReadJournal(string name, long length, Action<HeldMessage, FleetMessage> message)
    {
        using FileStream file = File.Open(this[name], FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] all = new byte[Math.Min(length, file.Length)];
        file.ReadExactly(all);
        ReadOnlySpan<byte> left = all;
        while (Frame.TryRead(ref left, out ReadOnlySpan<byte> frame))
            if (HeldMessage.TryRead(frame, out HeldMessage held) && FleetMessage.TryRead(held.Content, out FleetMessage fleet))
                message(held, fleet);
        return all.Length - left.Length;
    }
}

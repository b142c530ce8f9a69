using Trama.Rows.Journals;

namespace Trama.Fleet.Joining;

/// <summary>
/// The headers that both sensors of a pair sent, as they came, in the store of the hub that asked: of these a page draws the joined ladder.
/// They are a copy of what sensors keep, so nothing is lost with them.
/// </summary>
/// <param name="store">The hub's store.</param>
public sealed class KeptDigests(string store)
{
    private const string Extension = ".digests", Unfinished = ".part";

    private readonly string _folder = Path.Combine(store, "digests");

    /// <summary>Whether there are those of a pair.</summary>
    /// <param name="pair">The pair's <see cref="Pair.Name"/>.</param>
    public bool Has(string pair) => Pair.IsName(pair) && File.Exists(PathOf(pair));

    /// <summary>When those of a pair were written, in UTC.</summary>
    public DateTime WrittenAt(string pair) => File.GetLastWriteTimeUtc(PathOf(pair));

    /// <summary>Keeps them.</summary>
    /// <param name="pair">The pair's <see cref="Pair.Name"/>.</param>
    /// <param name="one">What the first end's sensor sent (<see cref="DigestAnswer"/>).</param>
    /// <param name="other">What the other's did.</param>
    /// <exception cref="IOException">They cannot be written; nothing is left of them.</exception>
    public void Keep(string pair, ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        if (!Pair.IsName(pair)) throw new ArgumentException("no name of a pair", nameof(pair));
        Directory.CreateDirectory(_folder);
        string part = $"{PathOf(pair)}-{Guid.NewGuid():N}{Unfinished}";
        try
        {
            using (var file = new FrameFile(part))
            {
                Write(file, 0, one);
                Write(file, 1, other);
            }

            File.Move(part, PathOf(pair), overwrite: true);
        }
        catch (IOException)
        {
            File.Delete(part);
            throw;
        }
    }

    /// <summary>Those of a pair, each a pcapng file; null when there are none that can be read.</summary>
    /// <exception cref="IOException">They cannot be read.</exception>
    public (byte[] One, byte[] Other)? Read(string pair)
    {
        if (!Has(pair)) return null;
        MemoryStream[] ends = [new(), new()];
        using (var frames = new FrameReader(File.OpenRead(PathOf(pair))))
        {
            while (frames.TryRead(out ReadOnlySpan<byte> frame))
            {
                if (frame.IsEmpty || frame[0] >= ends.Length) return null;
                MemoryStream end = ends[frame[0]];
                if (end.Length + frame.Length > DigestQuestion.MostBytes) return null;
                end.Write(frame[1..]);
            }
        }

        return DigestAnswer.Read(ends[0].ToArray()) is { } one && DigestAnswer.Read(ends[1].ToArray()) is { } other ? (one, other) : null;
    }

    /// <summary>Takes away what is too old, and the oldest while there is too much.</summary>
    /// <param name="before">What was kept before is too old.</param>
    /// <param name="most">How many bytes there are at most.</param>
    public void Clear(DateTimeOffset before, long most)
    {
        if (!Directory.Exists(_folder)) return;
        long kept = 0;
        foreach (FileInfo file in new DirectoryInfo(_folder).EnumerateFiles().OrderByDescending(file => file.LastWriteTimeUtc))
        {
            kept += file.Exists ? file.Length : 0;
            // What a hub that was killed had begun is in no list, and ages like the rest.
            if (file.LastWriteTimeUtc < before.UtcDateTime || kept > most) file.Delete();
        }
    }

    private string PathOf(string pair) => Path.Combine(_folder, pair + Extension);

    private static void Write(FrameFile file, byte end, ReadOnlySpan<byte> answer)
    {
        for (; !answer.IsEmpty; answer = answer[Math.Min(answer.Length, DigestAnswer.PieceBytes)..])
            file.Append((byte[])[end, .. answer[..Math.Min(answer.Length, DigestAnswer.PieceBytes)]]);
    }
}

using System.Buffers.Binary;

namespace Trama.Framing.Ssh;

/// <summary>Lists of names, separated by commas, each list behind its length (RFC 4251 section 5).</summary>
internal static class SshNameLists
{
    /// <summary>A list by its place; empty when it is not there.</summary>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> lists, int place)
    {
        while (lists.Length >= 4)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(lists);
            lists = lists[4..];
            if (length > lists.Length) return default;
            if (place-- == 0) return lists[..(int)length];
            lists = lists[(int)length..];
        }

        return default;
    }

    /// <summary>The first name of one list that is in another one (RFC 4253 section 7.1); a question mark when there is none.</summary>
    public static ReadOnlySpan<byte> FirstCommon(ReadOnlySpan<byte> wanted, ReadOnlySpan<byte> offered)
    {
        while (!wanted.IsEmpty)
        {
            ReadOnlySpan<byte> name = Take(ref wanted), rest = offered;
            while (!rest.IsEmpty)
                if (Take(ref rest).SequenceEqual(name)) return name;
        }

        return "?"u8;
    }

    private static ReadOnlySpan<byte> Take(scoped ref ReadOnlySpan<byte> names)
    {
        int comma = names.IndexOf((byte)',');
        ReadOnlySpan<byte> name = comma < 0 ? names : names[..comma];
        names = comma < 0 ? default : names[(comma + 1)..];
        return name;
    }
}

using System.Buffers;
using System.Text;
using Trama.Scrubbing.Mapping;

namespace Trama.Scrubbing.Words;

/// <summary>Replaces what is no ASCII: letters of UTF-8 by others of as many bytes, other bytes by any.</summary>
internal static class ForeignText
{
    /// <summary>Replaces the run of bytes above 127 that a text begins with.</summary>
    /// <returns>How many they are.</returns>
    public static int Replace(Span<byte> text, ScrubKey key)
    {
        int length = text.IndexOfAnyInRange((byte)0, (byte)0x7f);
        Span<byte> run = length < 0 ? text : text[..length];
        ulong hash = key.Hash(ScrubPurpose.Filler, run);
        Span<byte> filler = stackalloc byte[sizeof(ulong)];
        int at = 0;
        while (at < run.Length)
        {
            key.Fill(hash + (ulong)at, filler);
            if (Rune.DecodeFromUtf8(run[at..], out _, out int size) != OperationStatus.Done)
            {
                run[at] = (byte)(0x80 | filler[0]);
                at++;
                continue;
            }

            for (int next = 1; next < size; next++) run[at + next] = (byte)(0x80 | filler[next] & 0x3f);
            // What the first byte allows of the second differs (RFC 3629 section 4).
            if (run[at] is 0xe0 or 0xf0) run[at + 1] |= 0x20;
            else if (run[at] == 0xed) run[at + 1] &= 0x9f;
            else if (run[at] == 0xf4) run[at + 1] &= 0x8f;
            at += size;
        }

        return run.Length;
    }
}

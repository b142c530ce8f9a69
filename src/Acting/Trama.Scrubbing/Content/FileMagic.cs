namespace Trama.Scrubbing.Content;

/// <summary>How files begin of which everybody has some: what kind they are says nothing of what is in them.</summary>
internal static class FileMagic
{
    private static readonly byte[][] Known =
    [
        [0x89, .. "PNG\r\n\x1a\n"u8], [0xff, 0xd8, 0xff], [.. "GIF87a"u8], [.. "GIF89a"u8], [.. "RIFF"u8], [.. "%PDF-1."u8],
        [.. "PK\x03\x04"u8],
        [0x7f, .. "ELF"u8], [.. "wOFF"u8], [.. "wOF2"u8], [.. "OggS"u8], [.. "BZh"u8], [0xfd, .. "7zXZ\0"u8], [.. "7z\xbc\xaf\x27\x1c"u8],
        [0, 0, 1, 0], [0, 1, 0, 0, 0], [.. "MZ"u8], [.. "FWS"u8], [.. "CWS"u8], [.. "\0asm"u8], [.. "ID3"u8],
    ];

    /// <summary>How many bytes at the beginning say what kind of file it is; 0 for none known.</summary>
    public static int Measure(ReadOnlySpan<byte> body)
    {
        foreach (ReadOnlySpan<byte> magic in (ReadOnlySpan<byte[]>)Known)
            if (body.StartsWith(magic)) return magic.Length;
        return 0;
    }
}

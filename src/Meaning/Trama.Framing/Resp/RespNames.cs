using System.Text;

namespace Trama.Framing.Resp;

/// <summary>Names of commands, of which case does not matter.</summary>
internal sealed class RespNames
{
    private readonly byte[][] _names;

    // Bits of their lengths and first letters: most commands have another length or letter, and are not compared.
    private readonly uint _lengths;
    private readonly uint _letters;

    /// <param name="names">The names, in lower case, with spaces between them.</param>
    public RespNames(string names)
    {
        _names = [.. names.Split(' ').Select(Encoding.ASCII.GetBytes)];
        foreach (byte[] name in _names)
        {
            _lengths |= Bit(name.Length);
            _letters |= Bit(name[0]);
        }
    }

    /// <summary>Whether a name is one of them.</summary>
    public bool Contains(ReadOnlySpan<byte> name)
    {
        if ((_lengths & Bit(name.Length)) == 0 || name.IsEmpty || (_letters & Bit(name[0])) == 0) return false;
        foreach (byte[] one in _names)
            if (RespCommand.Is(name, one)) return true;
        return false;
    }

    // The lowest five bits: of a letter they do not tell its case.
    private static uint Bit(int number) => 1u << (number & 31);
}

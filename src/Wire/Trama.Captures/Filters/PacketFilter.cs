using Trama.Captures.Native;
using Trama.Packets;

namespace Trama.Captures.Filters;

/// <summary>
/// A filter in libpcap's language (pcap-filter(7)), compiled. A program is for one link type; records of another one have the
/// expression compiled for theirs when they first appear.
/// </summary>
public sealed class PacketFilter
{
    private readonly Func<LinkType, BpfInstruction[]> _compile;
    private readonly Dictionary<LinkType, FilterProgram> _programs = [];
    private LinkType _linkType;
    private FilterProgram _program;

    private PacketFilter(LinkType linkType, BpfInstruction[] program, Func<LinkType, BpfInstruction[]> compile)
    {
        _linkType = linkType;
        _program = new FilterProgram(program);
        _programs.Add(linkType, _program);
        _compile = compile;
    }

    /// <summary>The program for the link type last used, at first the one it was compiled for.</summary>
    public ReadOnlyMemory<BpfInstruction> Program => _program.Instructions;

    /// <summary>Compiles an expression for the records of a file.</summary>
    /// <param name="expression">The expression; empty lets every packet pass.</param>
    /// <param name="source">The interface that the records come from; those of others have the expression compiled when they
    /// appear.</param>
    /// <param name="optimize">Whether libpcap shortens the program.</param>
    /// <exception cref="CaptureException">The expression is wrong, or libpcap is not installed.</exception>
    public static PacketFilter Compile(string expression, CaptureInterface source, bool optimize = true)
    {
        ArgumentNullException.ThrowIfNull(expression);
        ArgumentNullException.ThrowIfNull(source);
        BpfInstruction[] ForLinkType(LinkType type) => FilterCompiler.CompileForFile(expression, source with { LinkType = type }, optimize);
        return new PacketFilter(source.LinkType, ForLinkType(source.LinkType), ForLinkType);
    }

    /// <summary>Compiles an expression for a link type, without a capture.</summary>
    /// <param name="expression">The expression; empty lets every packet pass.</param>
    /// <param name="linkType">The link type of the records.</param>
    /// <param name="snapLength">The snapshot length, which a match returns.</param>
    /// <param name="optimize">Whether libpcap shortens the program.</param>
    /// <exception cref="CaptureException">The expression is wrong, or libpcap is not installed.</exception>
    public static PacketFilter Compile(string expression, LinkType linkType, int snapLength = 262_144, bool optimize = true)
    {
        ArgumentNullException.ThrowIfNull(expression);
        BpfInstruction[] ForLinkType(LinkType type) => FilterCompiler.Compile(expression, LinkTypes.ToDataLink(type), snapLength, optimize);
        return new PacketFilter(linkType, ForLinkType(linkType), ForLinkType);
    }

    /// <summary>A filter whose program was compiled for an open capture.</summary>
    internal static PacketFilter Of(string expression, LinkType linkType, BpfInstruction[] program) =>
        new(linkType, program, other => FilterCompiler.Compile(expression, LinkTypes.ToDataLink(other), 262_144, optimize: true));

    /// <summary>Whether a record passes.</summary>
    /// <exception cref="CaptureException">The expression is wrong for the record's link type, which is not the one it was compiled
    /// for.</exception>
    public bool Matches(in Record record)
    {
        if (record.LinkType != _linkType) Switch(record.LinkType);
        return _program.Matches(record.Bytes, record.OriginalLength);
    }

    private void Switch(LinkType linkType)
    {
        if (!_programs.TryGetValue(linkType, out FilterProgram? program))
            _programs.Add(linkType, program = new FilterProgram(_compile(linkType)));
        _linkType = linkType;
        _program = program;
    }
}

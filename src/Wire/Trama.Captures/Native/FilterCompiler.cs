using System.IO.Pipes;
using Trama.Captures.Files;

namespace Trama.Captures.Native;

/// <summary>Compiles filter expressions with libpcap, and hands programs to a live capture.</summary>
internal static unsafe class FilterCompiler
{
    /// <summary>The program of an expression for a link type.</summary>
    /// <exception cref="CaptureException">The expression is wrong for the link type, or libpcap is missing.</exception>
    public static BpfInstruction[] Compile(string expression, int dataLink, int snapLength, bool optimize)
    {
        LibpcapLoader.Require();
        using PcapHandle handle = Libpcap.OpenDead(dataLink, snapLength);
        return Compile(handle, expression, optimize, netmask: 0);
    }

    /// <summary>
    /// The program of an expression for the records of a file. libpcap knows then that another machine may have captured them,
    /// whose address families and byte order may be others.
    /// </summary>
    /// <exception cref="CaptureException">The expression is wrong for the link type, or libpcap is missing.</exception>
    public static BpfInstruction[] CompileForFile(string expression, CaptureInterface source, bool optimize)
    {
        LibpcapLoader.Require();
        using PcapHandle? handle = TryOpenLike(source);
        return handle is null
            ? Compile(expression, LinkTypes.ToDataLink(source.LinkType), source.SnapLength, optimize)
            : Compile(handle, expression, optimize, netmask: 0);
    }

    /// <summary>The program of an expression for an open capture.</summary>
    /// <exception cref="CaptureException">The expression is wrong for the link type.</exception>
    public static BpfInstruction[] Compile(PcapHandle handle, string expression, bool optimize, uint netmask)
    {
        Libpcap.NativeProgram program;
        if (Libpcap.Compile(handle, &program, expression, optimize ? 1 : 0, netmask) != 0)
            throw new CaptureException(CaptureFailure.BadFilter, expression, handle.ErrorText);
        try
        {
            return new ReadOnlySpan<BpfInstruction>(program.Instructions, (int)program.Length).ToArray();
        }
        finally
        {
            Libpcap.FreeCode(&program);
        }
    }

    /// <summary>Has a capture deliver only packets that match. The answer is libpcap's status.</summary>
    public static int Apply(PcapHandle handle, BpfInstruction[] instructions)
    {
        fixed (BpfInstruction* first = instructions)
        {
            var program = new Libpcap.NativeProgram { Length = (uint)instructions.Length, Instructions = first };
            return Libpcap.SetFilter(handle, &program);
        }
    }

    // libpcap reads the header of a file with no records from a pipe. Null where the system does not name open files.
    private static PcapHandle? TryOpenLike(CaptureInterface source)
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        pipe.Write(PcapHeader.Of(source));
        byte* error = stackalloc byte[Libpcap.ErrorLength];
        PcapHandle handle = Libpcap.OpenOffline($"/dev/fd/{pipe.ClientSafePipeHandle.DangerousGetHandle()}", error);
        if (!handle.IsInvalid) return handle;
        handle.Dispose();
        return null;
    }
}

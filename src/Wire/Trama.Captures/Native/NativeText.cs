using System.Runtime.InteropServices;

namespace Trama.Captures.Native;

/// <summary>Texts that libpcap hands out.</summary>
internal static unsafe class NativeText
{
    /// <summary>The text; empty for a null pointer.</summary>
    public static string From(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";
}

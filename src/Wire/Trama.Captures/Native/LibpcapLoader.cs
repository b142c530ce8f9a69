using System.Runtime.InteropServices;

namespace Trama.Captures.Native;

/// <summary>Finds libpcap under the names that distributions give it.</summary>
internal static class LibpcapLoader
{
    private static readonly string[] FileNames = ["libpcap.so.1", "libpcap.so.0.8", "libpcap.so", "libpcap.dylib"];
    private static readonly Lazy<nint> Library = new(Load);

    /// <summary>To be called before any function of <see cref="Libpcap"/>.</summary>
    /// <exception cref="CaptureException">libpcap is not installed.</exception>
    public static void Require()
    {
        if (Library.Value == 0) throw new CaptureException(CaptureFailure.LibraryMissing, "libpcap", "");
    }

    private static nint Load()
    {
        foreach (string name in FileNames)
        {
            if (!NativeLibrary.TryLoad(name, out nint library)) continue;
            NativeLibrary.SetDllImportResolver(
                typeof(LibpcapLoader).Assembly, (name, _, _) => name == Libpcap.Name ? library : 0);
            return library;
        }

        return 0;
    }
}

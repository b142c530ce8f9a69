using System.Runtime.Versioning;
using Trama.Peers.Security;

namespace Trama.Peers.Tests.Security;

[UnsupportedOSPlatform("windows")]
public sealed class SecretFileTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Everybody = Owner | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private string Here => Path.Combine(_folder, "secret");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_new_one_is_its_owners_alone()
    {
        Assert.False(SecretFile.Protect(Here));
        Assert.Equal(Owner, File.GetUnixFileMode(Here));
        Assert.False(SecretFile.Protect(Here));
    }

    [Fact]
    public void One_that_others_could_read_is_narrowed_and_keeps_what_is_in_it()
    {
        File.WriteAllText(Here, "kept");
        File.SetUnixFileMode(Here, Everybody);
        Assert.True(SecretFile.Protect(Here));
        Assert.Equal(Owner, File.GetUnixFileMode(Here));
        Assert.Equal("kept", File.ReadAllText(Here));
    }

    [Fact]
    public void A_device_stays_as_it_is()
    {
        UnixFileMode before = File.GetUnixFileMode("/dev/null");
        Assert.False(SecretFile.Protect("/dev/null"));
        Assert.Equal(before, File.GetUnixFileMode("/dev/null"));
    }
}

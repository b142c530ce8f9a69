using Trama.Fleet.Storing;

namespace Trama.Fleet.Tests.Storing;

/// <summary>A store belongs to who made it, and to one writer at a time.</summary>
public sealed class StoreFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_is_its_owners_alone()
    {
        if (OperatingSystem.IsWindows()) return;
        StoreFolder store = StoreFolder.Take(_folder["store"], out IDisposable held);
        using (held)
        {
            const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            foreach (string path in (string[])[store.Root, store.Journals, store.Tables, store.Headers, store.Aside])
                Assert.Equal(owner, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public void A_second_writer_is_refused_until_the_first_is_gone()
    {
        StoreFolder.Take(_folder["store"], out IDisposable held);
        Assert.Equal(StoreFault.InUse, Fault(_folder["store"]));
        held.Dispose();
        StoreFolder.Take(_folder["store"], out held);
        held.Dispose();
    }

    [Fact]
    public void A_link_a_folder_of_others_and_one_that_cannot_be_made_are_refused()
    {
        Directory.CreateDirectory(_folder["theirs"]);
        File.CreateSymbolicLink(_folder["link"], _folder["theirs"]);
        Assert.Equal(StoreFault.Link, Fault(_folder["link"]));
        Assert.Equal(StoreFault.Link, Fault(_folder["link"] + Path.DirectorySeparatorChar));
        File.WriteAllText(Path.Combine(_folder["theirs"], "thesis.txt"), "mine");
        Assert.Equal(StoreFault.NoStore, Fault(_folder["theirs"]));
        Assert.Equal(StoreFault.Unreadable, Fault(Path.Combine(_folder["theirs"], "thesis.txt", "store")));
    }

    [Fact]
    public void One_whose_maker_was_killed_is_made_whole()
    {
        Directory.CreateDirectory(_folder["store"]);
        File.WriteAllBytes(Path.Combine(_folder["store"], "lock"), []);
        StoreFolder store = StoreFolder.Take(_folder["store"], out IDisposable held);
        held.Dispose();
        Directory.Delete(store.Journals);
        StoreFolder.Take(_folder["store"], out held);
        held.Dispose();
        Directory.Delete(store.Journals);
        File.WriteAllText(Path.Combine(_folder["store"], "thesis.txt"), "mine");
        Assert.Equal(StoreFault.NoStore, Fault(_folder["store"]));
    }

    [Fact]
    public void What_says_which_files_count_may_be_damaged_or_newer()
    {
        StoreFolder store = StoreFolder.Take(_folder["store"], out IDisposable held);
        using (held)
        {
            string manifest = Path.Combine(store.Root, "manifest.json");
            foreach (string damaged in (string[])["{", "null", "[]", """{"tables":null}""", """{"tables":[null]}""", """{"tables":[{}]}""",
                """{"finished":[null]}""", """{"gaps":[{"from":1,"to":2,"rows":3,"reason":null}]}"""])
            {
                File.WriteAllText(manifest, damaged);
                Assert.Equal(StoreFault.Damaged, Assert.Throws<StoreException>(() => Manifest.Read(store.Root)).Fault);
            }

            File.WriteAllText(manifest, $"{{\"version\":{Manifest.Latest + 1}}}");
            Assert.Equal(StoreFault.Newer, Assert.Throws<StoreException>(() => Manifest.Read(store.Root)).Fault);
        }
    }

    private static StoreFault Fault(string path) =>
        Assert.Throws<StoreException>(() => StoreFolder.Take(path, out _)).Fault;
}

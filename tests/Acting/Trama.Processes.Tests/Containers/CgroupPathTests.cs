using System.Text;
using CsCheck;
using Trama.Processes.Containers;

namespace Trama.Processes.Tests.Containers;

public class CgroupPathTests
{
    private const string Id = "3f4a52e1c07b9d8e3f4a52e1c07b9d8e3f4a52e1c07b9d8e3f4a52e1c07b9d8e";
    private const string Node = "0000000000000000000000000000000000000000000000000000000000000000";
    private const string Uid = "0a1b2c3d-4e5f-6789-abcd-ef0123456789";
    private const string UnitUid = "0a1b2c3d_4e5f_6789_abcd_ef0123456789";
    private const string StaticUid = "0a1b2c3d4e5f6789abcdef0123456789";

    [Theory]
    // Docker: folders, units, the daemon without root, inside a task of Amazon's.
    [InlineData($"/docker/{Id}", "docker", Id, null)]
    [InlineData($"/system.slice/docker-{Id}.scope", "docker", Id, null)]
    [InlineData($"/system.slice/docker-{Id}.scope/init", "docker", Id, null)]
    [InlineData($"/user.slice/user-1000.slice/user@1000.service/user.slice/docker-{Id}.scope", "docker", Id, null)]
    [InlineData($"/../{Id}", null, null, null)]
    [InlineData($"/ecs/{StaticUid}/{Id}", null, Id, null)]
    // Podman: with and without root, with the container's own groups below, with folders.
    [InlineData($"/machine.slice/libpod-{Id}.scope", "podman", Id, null)]
    [InlineData($"/machine.slice/libpod-{Id}.scope/container", "podman", Id, null)]
    [InlineData($"/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-{Id}.scope/container", "podman", Id, null)]
    [InlineData($"/libpod_parent/libpod-{Id}", "podman", Id, null)]
    [InlineData($"/machine.slice/libpod-conmon-{Id}.scope", null, null, null)]
    // Kubernetes: containerd, CRI-O, Docker; by systemd's units, by folders, by units where systemd does not run.
    [InlineData($"/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod{UnitUid}.slice/cri-containerd-{Id}.scope", "containerd",
        Id, Uid)]
    [InlineData($"/kubepods.slice/kubepods-pod{UnitUid}.slice/cri-containerd-{Id}.scope", "containerd", Id, Uid)]
    [InlineData($"/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod{UnitUid}.slice/crio-{Id}.scope", "cri-o", Id, Uid)]
    [InlineData($"/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod{UnitUid}.slice/crio-conmon-{Id}.scope", null, null,
        Uid)]
    [InlineData($"/kubepods.slice/kubepods-pod{UnitUid}.slice/docker-{Id}.scope", "docker", Id, Uid)]
    [InlineData($"/kubepods/burstable/pod{Uid}/{Id}", null, Id, Uid)]
    [InlineData($"/kubepods/besteffort/pod{Uid}/crio-{Id}", "cri-o", Id, Uid)]
    [InlineData($"/kubepods/pod{StaticUid}/{Id}", null, Id, StaticUid)]
    [InlineData($"/kubepods/burstable/pod{Uid}", null, null, Uid)]
    [InlineData($"/system.slice/containerd.service/kubepods-burstable-pod{UnitUid}.slice:cri-containerd:{Id}", "containerd", Id, Uid)]
    [InlineData($"/kubepods-burstable-pod{UnitUid}.slice:cri-containerd:{Id}", "containerd", Id, Uid)]
    // A node that is itself a container: the innermost counts.
    [InlineData($"/docker/{Node}/kubelet-kubepods-pod{UnitUid}.slice/cri-containerd-{Id}.scope", "containerd", Id, Uid)]
    [InlineData($"/system.slice/nerdctl-{Id}.scope", "containerd", Id, null)]
    [InlineData("/lxc/web", "lxc", "web", null)]
    [InlineData("/lxc.payload.web/system.slice/nginx.service", "lxc", "web", null)]
    [InlineData("/machine.slice/systemd-nspawn@web.service/payload", "nspawn", "web", null)]
    // None.
    [InlineData("/", null, null, null)]
    [InlineData("", null, null, null)]
    [InlineData("/user.slice/user-1000.slice/session-2.scope", null, null, null)]
    [InlineData("/system.slice/docker.service", null, null, null)]
    [InlineData("/system.slice/docker-3f4a.scope", null, null, null)]
    [InlineData($"/jobs/{Id}", null, null, null)]
    [InlineData("/kubepods/burstable/podcast", null, null, null)]
    public void A_path_names_its_container(string path, string? runtime, string? id, string? pod) =>
        Assert.Equal(id is null && pod is null ? null : new Container(runtime, id, pod), CgroupPath.Of(path));

    [Fact]
    public void Any_hierarchy_may_name_it_and_the_one_that_says_most_counts()
    {
        string file = $"12:pids:/\n4:memory:/kubepods/burstable/pod{Uid}/{Id}\n1:name=systemd:/a/crio-{Id}.scope\n0::/\n";
        Assert.Equal(new Container(null, Id, Uid), CgroupPath.OfFile(Encoding.ASCII.GetBytes(file)));
        Assert.Null(CgroupPath.OfFile("0::/user.slice/session-2.scope\n"u8));
        Assert.Null(CgroupPath.OfFile("0::"u8));
        Assert.Null(CgroupPath.OfFile("no colons"u8));
    }

    [Fact]
    public void An_identifier_is_shortened_as_the_tools_do()
    {
        Assert.Equal("docker 3f4a52e1c07b", new Container("docker", Id, null).ToString());
        Assert.Equal("lxc a-machine-with-a-name", new Container("lxc", "a-machine-with-a-name", null).ToString());
        Assert.Equal(Uid, new Container(null, null, Uid).ToString());
    }

    [Fact]
    public void No_path_is_too_strange()
    {
        Gen<string> part = Gen.OneOf(
            Gen.String, Gen.OneOf(
                ((string[])["docker", "lxc", "pod", "kubepods", $"docker-{Id}.scope", Id, $"pod{Uid}", $"x-pod{UnitUid}.slice", ":",
                    "cri-containerd:", "..", ""]).Select(Gen.Const).ToArray()));
        part.Array[0, 8].Sample(parts =>
        {
            string path = "/" + string.Join('/', parts);
            Container? found = CgroupPath.Of(path);
            if (found is null) return;
            // What is told stands in the path.
            if (found.Id is { } id) Assert.Contains(id, path, StringComparison.Ordinal);
            if (found.Pod is { } pod) Assert.Contains(pod, path.Replace('_', '-'), StringComparison.Ordinal);
        });
        Gen.Byte.Array[0, 200].Sample(bytes => CgroupPath.OfFile(bytes)?.ToString());
    }
}
